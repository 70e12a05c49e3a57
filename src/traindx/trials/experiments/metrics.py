"""The reported metric beside one that fits the task, on the same predictions."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from traindx.facts.causes import Cause
from traindx.facts.skill import split_skill, threshold
from traindx.trials.recipe import NotTestable, Recipe, tests
from traindx.trials.shown import Shown

if TYPE_CHECKING:
    from traindx.facts.observation import Split

Patch = tuple[tuple[str, str], ...]
APART = 0.2
"""Reported and recomputed accuracy differ by less on the same rows: a sample of 100 rows has a standard error of 0.05."""


@tests(Cause.METRIC_MISMATCH, Cause.BROKEN_METRIC)
def fitting_metric(world: Any, want: Any) -> Shown | NotTestable:
    """What the program's last epoch reports beside the task's own score of the same predictions."""
    case = world.base.case
    for prefix, roles in (("val_", ("validation",)), ("", ("train",))):
        for role in roles:
            split = case.splits.get(role)
            if split is None or not split.predicted_end or not split.y:
                continue
            for name, values in case.curve.epochs.items():
                plain = name.removeprefix("val_")
                if name.startswith("val_") != bool(prefix) or plain == "loss" or not values:
                    continue
                found = _compare(world.base, name, plain, values[-1], split)
                if found is not None:
                    return found
    return NotTestable("the program reports no metric that could be held against its predictions")


def _compare(base: Recipe, name: str, plain: str, reported: float, split: Split) -> Shown | None:
    case = base.case
    skill, accuracy, _ = split_skill(split.predicted_end[0], split.y[0], case.task, threshold(case.model))
    if not any(word in plain for word in ("acc", "match", "precision", "recall", "f1")) or not math.isfinite(reported):
        return None
    if case.task in ("regression", "reconstruction"):
        if skill is None or skill < 0.5 or reported > 0.5:
            return None
        return _shown(f"{name} replaced by the share of variance explained", name, reported, skill, _patch(base, '"R2Score"'))
    if accuracy is None or "precision" in plain or "recall" in plain or "f1" in plain:
        return None
    if abs(accuracy - reported) < APART:
        return None
    return _shown(f"{name} recomputed from the predictions", name, reported, accuracy, _patch(base, _fitting(base)))


def _fitting(base: Recipe) -> str | None:
    """The metric that the recomputed accuracy is, as `compile` takes it; None for labels -1 and 1, which none of Keras' knows."""
    y, outputs = base.train.y[0], base.case.model.outputs
    if base.case.kind == "signed" or not outputs:
        return None
    if (outputs[0].units or 1) == 1:
        return '"binary_accuracy"' if threshold(base.case.model) else "keras.metrics.BinaryAccuracy(threshold=0.0)"
    return '"categorical_accuracy"' if y.ndim > 1 and y.shape[-1] > 1 else '"sparse_categorical_accuracy"'


def _patch(base: Recipe, metric: str | None) -> Patch:
    """The metric alone in the place of the program's only one."""
    return base.patched(("metrics", f"[{metric}]")) or () if metric is not None and len(base.case.model.metrics) == 1 else ()


def _shown(change: str, name: str, before: float, after: float, patch: Patch = ()) -> Shown:
    return Shown(None, change, name, (round(before, 4),), (round(after, 4),), 0.0, "confirmed", True,
                 "the same predictions, no re-training", patch)  # fmt: skip


@tests(Cause.BROKEN_METRIC)
def recomputed_loss(world: Any, want: Any) -> Shown | NotTestable:
    """The reported loss beside the loss of the same weights, computed again."""
    case = world.base.case
    end, values = case.training.end, case.curve.epochs.get("loss", ())
    if end is None or end.loss is None or not values or not math.isfinite(values[-1]):
        return NotTestable("the loss could not be computed again")
    reported, again = values[-1], end.loss
    if abs(reported) < 1e-6 < 1e-2 < abs(again):
        return _shown("loss recomputed with the last weights", "loss", reported, again)
    return NotTestable("the reported loss agrees with the recomputed one")
