"""The reported metric beside one that fits the task, on the same predictions."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from traindx.facts.causes import Cause
from traindx.facts.skill import split_skill, threshold
from traindx.trials.recipe import NotTestable, Patch, Recipe, tests
from traindx.trials.shown import Shown

if TYPE_CHECKING:
    from traindx.facts.evaluation import MetricTrial

ACCURACY = ("acc", "match", "hit", "correct")
POSITIVES = (("Precision", "precision"), ("Recall", "recall", "sensitiv"))
EXPLAINS = 0.2
"""Share of variance explained from which an accuracy near 0 says nothing about a model of numbers."""
APART, APART_LOGITS = 0.1, 0.05
"""Both numbers come from the same rows: any difference is real, from here on it misleads. A threshold of 0.5 on logits
moves the value little."""


@tests(Cause.METRIC_MISMATCH, Cause.BROKEN_METRIC)
def fitting_metric(world: Any, want: Any) -> Shown | NotTestable:
    """Each compiled metric beside the one that fits the task, on the same predictions; the one that is farthest off."""
    base = world.base
    found = [shown for trial in _tried(base) if (shown := _compare(base, trial)) is not None]
    if found:
        return max(found, key=lambda s: abs(s.after[0] - s.before[0]))
    return NotTestable("the program reports no metric that could be held against its predictions")


def _tried(base: Recipe) -> list[MetricTrial]:
    """The first output's metrics with what they gave on held-out rows, else on training rows."""
    tried = base.case.training.evaluation
    mine = [t for t in (tried.metrics if tried is not None else ()) if t.output == 0 and t.value is not None]
    return sorted(mine, key=lambda t: t.split == "train")


def _compare(base: Recipe, trial: MetricTrial) -> Shown | None:
    split, value = base.case.splits.get(trial.split), trial.value
    if split is None or not split.predicted_end or not split.y or value is None or not math.isfinite(value):
        return None
    p, y = split.predicted_end[0][: trial.rows], split.y[0][: trial.rows]
    if base.case.task in ("regression", "reconstruction"):
        return _of_numbers(base, trial, p, y)
    found = _of_positives(base, trial, p, y) or _of_classes(base, trial, p, y)
    if found is None:
        return None
    true, code = found
    apart = APART if threshold(base.case.model) else APART_LOGITS
    blind = trial.rounded is not None and trial.rounded - value >= APART
    return _shown(base, trial, "recomputed from the predictions", true, code) if blind or abs(true - value) >= apart else None


def _of_numbers(base: Recipe, trial: MetricTrial, p: np.ndarray, y: np.ndarray) -> Shown | None:
    """An accuracy of numbers beside the share of variance explained."""
    skill = split_skill(p, y, base.case.task, 0.5)[0]
    if skill is None or skill < EXPLAINS or (trial.value or 0.0) > 0.5 or not _means(trial, *ACCURACY):
        return None
    code, what = ("R2Score()", "") if y.ndim == 2 else ("MeanAbsoluteError()", "mean absolute error; beside it ")
    return _shown(base, trial, f"replaced by {what}the share of variance explained", skill, f"keras.metrics.{code}")


def _of_classes(base: Recipe, trial: MetricTrial, p: np.ndarray, y: np.ndarray) -> tuple[float, str | None] | None:
    """The accuracy of these predictions and the metric that gives it, where the metric means one or compares raw numbers."""
    cut = threshold(base.case.model)
    blind = trial.rounded is not None and trial.rounded - (trial.value or 0.0) >= APART
    if not blind and not _means(trial, *ACCURACY):
        return None
    if base.case.task == "multi-label" and p.shape == y.shape:
        return float(((p > cut) == (y > 0.5)).mean()), _fitting(base)
    accuracy = split_skill(p, y, base.case.task, cut)[1]
    return (accuracy, _fitting(base)) if accuracy is not None else None


def _of_positives(base: Recipe, trial: MetricTrial, p: np.ndarray, y: np.ndarray) -> tuple[float, str | None] | None:
    """Precision or recall at the threshold that parts the classes; one that Keras has needs no other at its own of 0.5."""
    kind = next((k for k, *words in POSITIVES if _means(trial, *words)), None)
    cut = threshold(base.case.model)
    if kind is None or base.case.task != "binary" or p.size != y.size or not (trial.custom or cut == 0):
        return None
    said, real = p.ravel() > cut, y.ravel() > (0 if base.case.kind == "signed" else 0.5)
    true = float((said & real).sum() / max(1, (said if kind == "Precision" else real).sum()))
    return true, f"keras.metrics.{kind}(thresholds={cut})" if base.case.kind != "signed" else None


def _means(trial: MetricTrial, *words: str) -> bool:
    return any(word in f"{trial.name} {trial.kind}".lower() for word in words) and "top" not in trial.kind.lower()


def _fitting(base: Recipe) -> str | None:
    """The metric that the recomputed accuracy is."""
    y, outputs = base.train.y[0], base.case.model.outputs
    if not outputs:
        return None
    if base.case.kind == "signed":
        return 'keras.metrics.MeanMetricWrapper(lambda y, p: keras.ops.cast(y * p > 0, "float32"), name="accuracy")'
    if (outputs[0].units or 1) == 1 or base.case.task == "multi-label":
        cut = threshold(base.case.model)
        return "keras.metrics.BinaryAccuracy()" if cut else "keras.metrics.BinaryAccuracy(threshold=0.0)"
    kind = "Categorical" if y.ndim > 1 and y.shape[-1] > 1 else "SparseCategorical"
    return f"keras.metrics.{kind}Accuracy()"


def _shown(base: Recipe, trial: MetricTrial, change: str, after: float, code: str | None) -> Shown:
    """Patched where the metric is one of a single output's, in the place that it has among them."""
    names = [x.name for x in base.case.model.metrics]
    alone = code is not None and len(base.case.model.outputs) == 1 and names.count(trial.name) == 1
    value = f"{names.index(trial.name)}:{len(names)}:{trial.name}:{code}" if alone else ""
    return _agreed(f"{trial.name} {change}", trial.name, trial.value or 0.0, after, base.patched(("metric", value)) if alone else None)


def _agreed(change: str, name: str, before: float, after: float, patch: Patch | None = None) -> Shown:
    return Shown(None, change, name, (round(before, 4),), (round(after, 4),), 0.0, "confirmed", True,
                 "the same predictions, no re-training", patch or ())  # fmt: skip


@tests(Cause.BROKEN_METRIC)
def recomputed_loss(world: Any, want: Any) -> Shown | NotTestable:
    """The reported loss beside the loss of the same weights, computed again."""
    case = world.base.case
    end, values = case.training.end, case.curve.epochs.get("loss", ())
    if end is None or end.loss is None or not values or not math.isfinite(values[-1]):
        return NotTestable("the loss could not be computed again")
    reported, again = values[-1], end.loss
    if abs(reported) < 1e-6 < 1e-2 < abs(again):
        return _agreed("loss recomputed with the last weights", "loss", reported, again)
    return NotTestable("the reported loss agrees with the recomputed one")
