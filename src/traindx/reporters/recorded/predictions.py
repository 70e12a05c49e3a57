"""Predictions of the last weights against the labels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from traindx.facts.pictures import Confusion, Scatter, ThresholdSweep
from traindx.facts.skill import class_ids, numeric, predicted_classes, threshold

if TYPE_CHECKING:
    from traindx.facts.observation import ModelFacts, Split, Training

CLASS_LOSSES = ("bce", "cce", "scce", "hinge", "squared_hinge", "categorical_hinge", "focal")
CLASS_ENDS = ("softmax", "sigmoid")
MOST_CLASSES, SWEEP = 1000, 61


@dataclass(frozen=True)
class Judged:
    """Classes of the sampled rows: (n,) labels, (n,) predictions, (n,) confidence in [0, 1] or a score."""

    split: str
    labels: np.ndarray
    predicted: np.ndarray
    confidence: np.ndarray
    scores: np.ndarray
    cut: float


def judged(training: Training) -> Judged | None:
    """Labels and predicted classes; None where the task is no choice of one class."""
    found = _chosen(training)
    if found is None or not _classifies(training.model):
        return None
    role, scores, y = found
    if y.ndim > 1 and (scores.shape != y.shape or not np.allclose(y.sum(axis=1), 1)):
        return None  # several labels at once
    finite = np.isfinite(scores) if scores.ndim == 1 else np.isfinite(scores).all(axis=1)
    labels, cut = class_ids(y), threshold(training.model)
    if labels.ndim != 1 or len(labels) != len(scores) or not len(labels) or labels.min() < 0:
        return None
    predicted = predicted_classes(np.nan_to_num(scores), cut)
    sure = np.abs(scores - cut) + 0.5 if scores.ndim == 1 else scores.max(axis=1)
    return Judged(role, labels, predicted, np.where(finite, sure, -np.inf), scores, cut)


def confusion_of(training: Training) -> Confusion | None:
    """Counts of labels against predicted classes."""
    seen = judged(training)
    if seen is None:
        return None
    k = int(max(seen.labels.max(), seen.predicted.max(), 1)) + 1
    if k > MOST_CLASSES:
        return None
    counts = np.zeros((k, k), int)
    np.add.at(counts, (seen.labels, seen.predicted), 1)
    return Confusion(seen.split, tuple(map(str, range(k))), counts)


def thresholds_of(training: Training) -> ThresholdSweep | None:
    """Precision and recall over the threshold of a choice between two classes."""
    seen = judged(training)
    if seen is None or seen.labels.max() != 1:
        return None
    scores, cut = (seen.scores[:, 1], 0.5) if seen.scores.ndim == 2 else (seen.scores, seen.cut)
    finite = np.isfinite(scores)
    scores, positive = scores[finite], seen.labels[finite] == 1
    if not positive.any() or not len(scores):
        return None
    low, high = (0.0, 1.0) if scores.min() >= 0 and scores.max() <= 1 else (float(scores.min()), float(scores.max()))
    at = np.linspace(low, high, SWEEP)[1:-1]
    chosen = scores[None] > at[:, None]
    right = (chosen & positive[None]).sum(axis=1)
    precision = right / np.maximum(1, chosen.sum(axis=1))
    recall = right / positive.sum()
    return ThresholdSweep(seen.split, tuple(at.tolist()), tuple(precision.tolist()), tuple(recall.tolist()), float(cut))


def scatter_of(training: Training) -> Scatter | None:
    """Labels and predictions of the first number that a regression predicts."""
    found = _chosen(training)
    if found is None or _classifies(training.model):
        return None
    role, predicted, y = found
    if predicted.size != y.size:
        return None
    labels, predicted = (v.reshape(len(v), -1)[:, 0] for v in (y, predicted))
    return Scatter(role, tuple(labels.tolist()), tuple(predicted.tolist()))


def _classifies(model: ModelFacts) -> bool:
    kinds = [loss.kind for loss in model.losses[:1]]
    ends = [output.activation for output in model.outputs[:1]]
    regression = any(kind in ("mse", "mae", "huber", "poisson", "mape", "msle") for kind in kinds)
    return any(kind in CLASS_LOSSES for kind in kinds) or (not regression and any(end in CLASS_ENDS for end in ends))


def _chosen(training: Training) -> tuple[str, np.ndarray, np.ndarray] | None:
    """The split to judge by (held-out ones first), its predictions and its targets."""
    for role in ("validation", "test", "train"):
        split: Split | None = training.splits.get(role)
        if split is None or not split.predicted_end or not split.y:
            continue
        scores, y = numeric(split.predicted_end[0]), numeric(split.y[0])
        if scores is not None and y is not None and len(scores) == len(y) and len(y):
            return role, scores, y
    return None
