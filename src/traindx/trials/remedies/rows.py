"""Changes of the rows: weights, order, splits, bad values."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from traindx.facts.causes import Cause
from traindx.facts.skill import class_ids
from traindx.trials.recipe import NotTestable, Recipe, Rows, treats
from traindx.trials.statistics import MATTERS


@treats(Cause.CLASS_IMBALANCE, complete=True)
def balance(recipe: Recipe) -> Recipe | NotTestable:
    """Every class weighs the same in the loss."""
    if recipe.case.task not in ("binary", "multi-class"):
        return NotTestable("the task has no classes")
    ids = class_ids(recipe.train.y[0])
    values, counts = np.unique(ids, return_counts=True)
    if len(values) < 2 or recipe.class_weight:
        return NotTestable("there is one class only, or the program weighs classes already")
    weight = np.asarray([len(ids) / (len(values) * counts[values == i][0]) for i in ids])
    own = recipe.train.weight
    return replace(recipe, train=replace(recipe.train, weight=weight if own is None else own * weight),
                   measure="balanced", change="classes weighted equally",
                   patch=recipe.patched(("class_weight", _weights(ids))))  # fmt: skip


def _weights(ids: np.ndarray) -> str:
    values, counts = np.unique(ids, return_counts=True)
    pairs = [f"{int(v)}: {len(ids) / (len(values) * c):.3g}" for v, c in zip(values, counts, strict=True)]
    return "{" + ", ".join(pairs) + "}"


@treats(Cause.NON_FINITE_DATA, complete=True)
def without_bad_rows(recipe: Recipe) -> list[Recipe] | NotTestable:
    """Training rows with missing or infinite cells left out; and, as another way, filled with the column's mean."""
    bad = np.zeros(len(recipe.train), bool)
    for a in (*recipe.train.x, *recipe.train.y):
        if a.dtype.kind == "f":
            bad |= ~np.isfinite(a.reshape(len(a), -1)).all(axis=1)
    if not bad.any():
        return NotTestable("every sampled training cell is finite")
    held = replace(recipe.held, x=tuple(_filled(a, b) for a, b in zip(recipe.held.x, recipe.train.x, strict=True)))
    good = np.flatnonzero(~bad)
    made = []
    in_x = any(a.dtype.kind == "f" and not np.isfinite(a).all() for a in recipe.train.x)
    in_y = any(a.dtype.kind == "f" and not np.isfinite(a).all() for a in recipe.train.y)
    whole = all(np.isfinite(a).all() for a in recipe.held.x if a.dtype.kind == "f")
    leave = recipe.patched_data("rows", "finite:" + "x" * in_x + "y" * in_y) if whole else None
    if len(good) >= max(8, 0.2 * len(bad)):
        made.append(replace(recipe, train=recipe.train.take(good), held=held, truth=(recipe.truth[0][good], recipe.truth[1]),
                            patch=leave, change=f"{int(bad.sum())} rows with missing cells left out"))  # fmt: skip
    filled = replace(recipe.train, x=tuple(_filled(a, a) for a in recipe.train.x))
    made.append(replace(recipe, train=filled, held=held, change="missing cells filled with the column's mean",
                        patch=None if in_y else recipe.patched_data("inputs", "fill")))  # fmt: skip
    return made


def _filled(array: np.ndarray, by: np.ndarray) -> np.ndarray:
    if array.dtype.kind != "f":
        return array
    clean = np.where(np.isfinite(by), by, np.nan)
    with np.errstate(all="ignore"):
        centre = np.nan_to_num(np.nanmean(clean, axis=0))
    return np.where(np.isfinite(array), array, centre).astype(array.dtype)


def _pooled(recipe: Recipe) -> tuple[Rows, np.ndarray] | None:
    first, second = recipe.train, recipe.held
    if first is second or [a.shape[1:] for a in first.y] != [a.shape[1:] for a in second.y]:
        return None
    both = Rows(
        tuple(np.concatenate(p) for p in zip(first.x, second.x, strict=True)),
        tuple(np.concatenate(p) for p in zip(first.y, second.y, strict=True)),
    )
    return both, np.random.default_rng(0).permutation(len(both))


def _distinct(rows: Rows) -> int:
    return len({row.tobytes() for row in rows.x[0]})


@treats(Cause.MISSING_CLASSES, Cause.ORDERED_DATA)
def split_again(recipe: Recipe) -> Recipe | NotTestable:
    """Training and held-out rows pooled, shuffled and split again in the same proportion."""
    pooled = _pooled(recipe)
    if pooled is None or recipe.case.splits.get("validation", recipe.case.splits.get("test")) is None:
        return NotTestable("the program held out no rows, so there is no split to repeat")
    both, order = pooled
    if _distinct(recipe.train) < 0.5 * len(recipe.train):  # other rows are more rows then, which too few rows lack too
        return NotTestable("most training rows are repeated, a new split would bring other ones")
    held = min(len(recipe.held), len(recipe.train))
    train, out = both.take(order[held:]), both.take(order[:held])
    return replace(recipe, train=train, held=out, truth=(train.y[0], out.y[0]), shuffle=True, other_rows=len(recipe.held),
                   patch=recipe.patched_data("rows", "split-again"), change="rows shuffled before they were split")  # fmt: skip


@treats(Cause.SPLIT_DRIFT)
def split_again_alike(recipe: Recipe) -> Recipe | NotTestable:
    """The same; where classes are spread otherwise over the splits (by a tenth of the rows), each keeps its number of training
    rows: else more rows of a rare class, which imbalance lacks too, would speak for drift."""
    again = split_again(recipe)
    if isinstance(again, NotTestable) or recipe.case.task not in ("binary", "multi-class"):
        return again
    pooled = _pooled(recipe)
    assert pooled is not None
    both, order = pooled
    now, ids = class_ids(recipe.train.y[0]), class_ids(both.y[0])
    if min(ids.min(), now.min()) < 0:
        return again
    size = int(ids.max()) + 1
    counts, out = np.bincount(now, minlength=size), np.bincount(class_ids(recipe.held.y[0]), minlength=size)
    if 0.5 * np.abs(counts / counts.sum() - out / out.sum()).sum() < MATTERS:
        return again
    nth = np.zeros(len(order), int)
    for c in range(size):
        nth[ids[order] == c] = np.arange((ids == c).sum())
    first = nth < counts[ids[order]]
    train, held = both.take(order[first]), both.take(order[~first])
    return replace(again, train=train, held=held, truth=(train.y[0], held.y[0]), patch=None,
                   change="rows shuffled before they were split, each class with as many training rows")  # fmt: skip


@treats(Cause.ORDERED_DATA)
def shuffle(recipe: Recipe) -> Recipe | NotTestable:
    """Rows in a new order every epoch; without it they come as the program handed them over."""
    if recipe.shuffle:
        return NotTestable("the program shuffles its rows already")
    source = recipe.case.splits["train"].source
    patch = recipe.patched(("shuffle", "True")) if source in ("numpy", "pandas", "tensor") else None
    if source == "tf.data":
        patch = recipe.patched(("pipeline", f"unbatch().shuffle({len(recipe.train)}).batch({recipe.batch})"))
    return replace(recipe, shuffle=True, change="training rows shuffled", patch=patch)


@treats(Cause.EMPTY_ONE_HOT_ROWS, complete=True)
def fill_empty(recipe: Recipe) -> Recipe | NotTestable:
    """Empty one-hot rows get the class that occurs nowhere else, else they are left out."""
    y = recipe.train.y[0]
    if y.ndim != 2 or y.shape[1] < 2:
        return NotTestable("the targets are not one-hot")
    empty = y.sum(axis=1) == 0
    unused = np.flatnonzero(y.sum(axis=0) == 0)
    if not empty.any():
        return NotTestable("no sampled target row is empty")
    if len(unused) == 1:
        fixed = y.copy()
        fixed[empty, unused[0]] = 1
        seen = recipe.truth[1].copy()
        seen[seen.sum(axis=1) == 0, unused[0]] = 1
        return replace(recipe, train=replace(recipe.train, y=(fixed,)), truth=(fixed, seen), measure="worst-recall",
                       patch=recipe.patched_data("targets", f"fill:{unused[0]}:{y.shape[1]}"),
                       change=f"empty target rows marked as class {unused[0]}")  # fmt: skip
    good = np.flatnonzero(~empty)
    return replace(recipe, train=recipe.train.take(good), truth=(recipe.truth[0][good], recipe.truth[1]),
                   patch=recipe.patched_data("rows", "some-class"),
                   change=f"{int(empty.sum())} rows without a class left out")  # fmt: skip


@treats(Cause.LABEL_NOISE)
def without_contradicted(recipe: Recipe) -> Recipe | NotTestable:
    """Rows left out whose label most of their 11 nearest neighbours contradict (Wilson 1972, edited nearest neighbours)."""
    if recipe.case.task not in ("binary", "multi-class"):
        return NotTestable("the task has no classes")
    x = np.concatenate([a.reshape(len(a), -1).astype(np.float32) for a in recipe.train.x], axis=1)[:4096]
    if not np.isfinite(x).all() or x.shape[1] > 4096:
        return NotTestable("the inputs are not finite or too wide for neighbours")
    x = (x - x.mean(0)) / np.where(x.std(0) > 0, x.std(0), 1.0)
    ids = class_ids(recipe.train.y[0])[: len(x)]
    far = (x**2).sum(1)[:, None] - 2 * x @ x.T + (x**2).sum(1)[None, :]
    np.fill_diagonal(far, np.inf)
    near = ids[np.argpartition(far, 11, axis=1)[:, :11]]
    votes = np.stack([(near == c).sum(1) for c in range(int(ids.max()) + 1)], axis=1)
    keep = np.flatnonzero(votes.argmax(1) == ids)
    return replace(recipe, train=recipe.train.take(keep), truth=(recipe.truth[0][keep], recipe.truth[1]),
                   patch=None, change=f"{len(ids) - len(keep)} rows left out that their neighbours contradict")  # fmt: skip
