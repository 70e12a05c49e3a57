"""Bring inputs to mean 0 and spread 1; long tails through a logarithm first; do not scale twice."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from traindx.facts.causes import Cause
from traindx.trials.recipe import NotTestable, Patch, Recipe, Rows, treats
from traindx.trials.surgery import leaves


def tokens(recipe: Recipe) -> set[int]:
    """Inputs that hold token or category numbers: whole numbers into a model with an embedding or a lookup."""
    embeds = any("Embedding" in x.kind or "Lookup" in x.kind or "Encoding" in x.kind for x in recipe.case.model.layers)
    whole = [i for i, a in enumerate(recipe.train.x) if a.size and np.array_equal(a[:64], np.round(a[:64].astype(float)))]
    return set(whole) if embeds else set()


def scaled(recipe: Recipe, tame: bool) -> tuple[Rows, Rows]:
    """Both splits scaled with the training rows' statistics: per column, one pair of numbers for images and sequences."""
    skip = tokens(recipe)
    pairs = []
    for i, (a, b) in enumerate(zip(recipe.train.x, recipe.held.x, strict=True)):
        if i in skip:
            pairs.append((a, b))
            continue
        first, second = a.astype(np.float32), b.astype(np.float32)
        if tame:
            first, second = (np.sign(v) * np.log1p(np.abs(v)) for v in (first, second))
        axis = _axis(first)
        centre, spread = np.nanmean(first, axis=axis), np.nanstd(first, axis=axis)
        spread = np.where(spread > 0, spread, 1.0)
        pairs.append(tuple(((v - centre) / spread).astype(np.float32) for v in (first, second)))
    return (replace(recipe.train, x=tuple(p[0] for p in pairs)), replace(recipe.held, x=tuple(p[1] for p in pairs)))


def _axis(values: np.ndarray) -> int | tuple[int, ...] | None:
    return 0 if values.ndim <= 2 else tuple(range(values.ndim - 1)) if values.shape[-1] > 4 else None


MAX_NUMBERS = 24
"""Means that a layer's call may list; a longer list is no change that a reader can judge."""


def _patch(recipe: Recipe, way: str) -> Patch | None:
    """None where there are missing cells, which the trial leaves out of mean and spread."""
    x = recipe.train.x[0].astype(np.float32)
    axis = _axis(x)
    even = "+" if axis is not None and (x.std(axis=axis) == 0).any() else ""
    layer = _layer(recipe, x, axis) if way == "standardise" else ()
    return recipe.patched_data("inputs", f"{way}:{axis}{even}", *layer) if np.isfinite(x).all() else None


def _layer(recipe: Recipe, x: np.ndarray, axis: int | tuple[int, ...] | None) -> tuple[str, ...]:
    """The same as a layer before the model's first one: it goes wherever the model goes, whatever feeds it."""
    own = next((layer for layer in recipe.case.model.layers if layer.kind != "InputLayer"), None)
    centre, variance = np.atleast_1d(x.mean(axis=axis)), np.atleast_1d(x.var(axis=axis))
    if own is None or own.location is None or own.shape_in != x.shape[1:] or len(recipe.train.x) != 1:
        return ()
    if recipe.case.model.kind not in ("Sequential", "Functional") or len(centre) > MAX_NUMBERS:
        return ()
    numbers = [", ".join(f"{v:.6g}" for v in part) for part in (centre, np.where(variance > 0, variance, 1.0))]
    if axis is None:
        return f"first:{own.name}", f"Normalization(axis=None, mean={numbers[0]}, variance={numbers[1]})"
    return f"first:{own.name}", f"Normalization(mean=[{numbers[0]}], variance=[{numbers[1]}])"


@treats(Cause.UNSCALED_INPUTS, Cause.HEAVY_TAILED_INPUTS, complete=True)
def standardise_inputs(recipe: Recipe) -> Recipe | NotTestable:
    """Subtract the mean of the training rows and divide by their spread."""
    if len(tokens(recipe)) == len(recipe.train.x):
        return NotTestable("the inputs are token numbers, which have no scale")
    train, held = scaled(recipe, tame=False)
    return replace(recipe, train=train, held=held, change="inputs standardised",
                   patch=_patch(recipe, "standardise"))  # fmt: skip


@treats(Cause.HEAVY_TAILED_INPUTS)
def take_logarithm(recipe: Recipe) -> Recipe | NotTestable:
    """Signed log1p, then standardise."""
    if len(tokens(recipe)) == len(recipe.train.x):
        return NotTestable("the inputs are token numbers, which have no scale")
    train, held = scaled(recipe, tame=True)
    return replace(recipe, train=train, held=held, change="inputs through log1p, then standardised",
                   patch=_patch(recipe, "log1p"))  # fmt: skip


@treats(Cause.UNSCALED_INPUTS)
def scale_once(recipe: Recipe) -> Recipe | NotTestable:
    """The model's own `Rescaling` passes on what it is given."""
    own = next((x for x in recipe.case.model.layers if x.kind == "Rescaling"), None)
    if own is None:
        return NotTestable("the model scales nothing by a fixed factor")

    def apply(model: Any) -> None:
        for layer in leaves(model):
            if layer.name == own.name:
                layer.scale = 1.0

    return recipe.with_edit("scaled once", apply, change=f"{own.name} with a factor of 1",
                            patch=recipe.patched((f"scale:{own.name}", "1.0")))  # fmt: skip
