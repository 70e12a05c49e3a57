"""The training split's transform applied to the held-out rows, scored with the last weights."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from traindx.facts.causes import Cause
from traindx.trials.experiments.resampling import compare, skill
from traindx.trials.recipe import NotTestable, Recipe, Rows, tests

if TYPE_CHECKING:
    from traindx.trials.shown import Shown


ENOUGH = 0.8
"""Share of the training rows' skill that a map must give back to explain all that was lost; rows that have drifted lose some
of it whatever is done to their scale."""


def _columns(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Each column moved and stretched to the training rows' mean and spread."""
    a, b = first.reshape(len(first), -1), second.reshape(len(second), -1)
    spread = np.where(b.std(0) > 1e-12, b.std(0), 1.0)
    return ((b - b.mean(0)) / spread * a.std(0) + a.mean(0)).reshape(second.shape)


def _ranges(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """All cells moved and stretched together to the training rows' range."""
    span = np.ptp(second) or 1.0
    return (second - second.min()) / span * np.ptp(first) + first.min()


def _clipped(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Fill values of the other split (-999, 0 after scaling) become what stands in the middle of the training rows."""
    low, high = first.min(axis=0), first.max(axis=0)
    reach = (high - low) * 0.25
    outside = (second < low - reach) | (second > high + reach)
    return np.where(outside, np.median(first, axis=0), second)


def _moments(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    return (second - second.mean()) / (second.std() or 1.0) * first.std() + first.mean()


def _order(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """The order of columns in which their quantiles match the training rows' best, one to one."""
    a, b = (np.quantile(v, (0.02, 0.1, 0.25, 0.5, 0.75, 0.9, 0.98), axis=0).T for v in (first, second))
    scale = np.ptp(a, axis=0).max() or 1.0
    far = np.abs(a[:, None, :] - b[None, :, :]).sum(-1) / scale
    order = np.zeros(len(a), int)
    for _ in range(len(a)):
        i, j = np.unravel_index(far.argmin(), far.shape)
        order[i] = j
        far[i, :], far[:, j] = np.inf, np.inf
    return order


def _variants(first: np.ndarray, second: np.ndarray) -> Iterator[tuple[str, np.ndarray, str]]:
    """(what is done, the rows after it, its way in `source/data.py`)."""
    yield "each column with the training rows' mean and spread", _columns(first, second), "columns"
    yield "the training rows' range", _ranges(first, second), "ranges"
    yield "cells beyond the training rows' range set to their column's median", _clipped(first, second), "clipped"
    yield "the training rows' mean and spread", _moments(first, second), "moments"
    if first.ndim == 2 and 2 <= first.shape[1] <= 400:
        order = _order(first, second)
        yield "columns in the training rows' order", second[:, order], f"@[:, {order.tolist()}]"
        yield "columns in reverse order", second[:, ::-1], "@[:, ::-1]"
        yield "columns one place back", np.roll(second, -1, axis=1), "np.roll(@, -1, axis=1)"
        yield "columns one place on", np.roll(second, 1, axis=1), "np.roll(@, 1, axis=1)"
    if first.ndim >= 3:
        yield "values turned over", first.max() - second, "turned"
        if first.shape[1] == first.shape[2]:
            yield "height and width exchanged", np.swapaxes(second, 1, 2), "np.swapaxes(@, 1, 2)"
        if first.ndim == 4 and first.shape[-1] == 3:
            yield "channels in reverse order", second[..., ::-1], "@[..., ::-1]"


def _split(case: Any, role: str) -> Any:
    split = case.splits.get(role)
    train = case.splits.get("train")
    if split is None or not split.y or train is None or not split.predicted_end:
        return None
    same = [a.shape[1:] for a in split.x] == [a.shape[1:] for a in train.x]
    return split if same and all(a.dtype.kind in "fiub" for a in split.x) else None


@tests(Cause.PREPROCESSING_MISMATCH)
def training_transform(world: Any, want: Any) -> Shown | NotTestable:
    """Several ways to bring held-out inputs to the training rows' scale; chosen on half of the rows, scored on the other."""
    case, best = world.base.case, None
    for role in ("test", "validation"):
        split = _split(case, role)
        if split is None:
            continue
        found = _try(world, split, role)
        if best is None or found.verdict == "confirmed":
            best = found
    return best or NotTestable("no held-out rows of the training rows' shape were predicted")


@tests(Cause.SPLIT_DRIFT)
def transformed_not_drifted(world: Any, want: Any) -> Shown | NotTestable:
    """The same, where rows from elsewhere are suspected: a map that makes the trained model right on them tells of no drift."""
    found = training_transform(world, want)
    if isinstance(found, NotTestable) or found.verdict != "confirmed" or found.after[0] < ENOUGH * (world.base.case.skill or 1.0):
        return NotTestable("no map of the held-out rows makes the model right on them")
    return replace(found, cause=Cause.PREPROCESSING_MISMATCH)


def _try(world: Any, split: Any, role: str) -> Shown:
    recipe: Recipe = replace(world.base, trains=False)
    made = world.lab.structure(recipe)
    made.reset(0)
    train, truth = world.base.case.splits["train"], split.y[0][:1024]
    first = [a.astype(np.float32) for a in train.x]
    second = [a[:1024].astype(np.float32) for a in split.x]

    def predicted(x: list[np.ndarray]) -> np.ndarray:
        cast = tuple(v.astype(a.dtype) if a.dtype.kind == "f" else v for v, a in zip(x, train.x, strict=True))
        return made.predict(Rows(cast, split.y), world.deadline)[0]

    plain = predicted(second)
    names = [(name, predicted([changed.astype(np.float32), *second[1:]]), way) for name, changed, way in _variants(first[0], second[0])]
    half = np.random.default_rng(0).random(len(truth)) < 0.5
    case = world.base.case
    best = [max(range(len(names)), key=lambda i: skill(case, names[i][1][part], truth[part])) for part in (half, ~half)]
    name, outputs, way = names[best[0]]
    if best[0] == best[1]:
        found = compare(case, f"{role} inputs: {name}", (plain, truth), (outputs, truth), note="both halves of the rows choose it")
    else:
        found = compare(case, f"{role} inputs: {name}", (plain[~half], truth[~half]), (outputs[~half], truth[~half]),
                        note="chosen on the other half of the rows")  # fmt: skip
    return replace(found, patch=world.base.patched_data("held", f"like:{role}:{way}") or ())
