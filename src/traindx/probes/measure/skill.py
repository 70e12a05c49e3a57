"""Skill: the share of a constant predictor's error that predictions remove. One definition for models and baselines."""

from __future__ import annotations

import numpy as np

from traindx.facts.observation import ModelFacts
from traindx.probes.measure.targets import numeric


def auc(score: np.ndarray, positive: np.ndarray) -> float:
    """Area under the ROC curve with ties counted half (Mann-Whitney); 0.5 where one class is absent."""
    p, n = int(positive.sum()), int((~positive).sum())
    if not p or not n:
        return 0.5
    order = np.argsort(score, kind="stable")
    ranks = np.empty(len(score))
    ranks[order] = np.arange(1, len(score) + 1)
    _, at, counts = np.unique(score, return_inverse=True, return_counts=True)
    ranks = (np.bincount(at, ranks) / counts)[at]
    return float((ranks[positive].sum() - p * (p + 1) / 2) / (p * n))


def class_ids(y: np.ndarray) -> np.ndarray:
    """Class number per row from one-hot, signed, binary or sparse targets, (rows,)."""
    flat = numeric(y)
    assert flat is not None
    if flat.ndim == 2:
        return flat.argmax(axis=1)
    return (flat > 0).astype(int) if set(np.unique(flat)) <= {-1.0, 1.0} else flat.astype(int)


def threshold(model: ModelFacts) -> float:
    """Where a single output parts two classes: 0 for logits, tanh and hinge, 0.5 for probabilities."""
    head = model.outputs[0] if model.outputs else None
    logits = any(x.from_logits for x in model.losses[:1])
    return 0.0 if head is not None and (head.activation == "tanh" or (head.activation == "linear" and logits)) else 0.5


def predicted_classes(scores: np.ndarray, cut: float) -> np.ndarray:
    """Class number per row from scores (rows,) or (rows, units)."""
    return (scores > cut).astype(int) if scores.ndim == 1 else scores.argmax(axis=1)


def regression_skill(predicted: np.ndarray, y: np.ndarray, centre: np.ndarray | float | None = None) -> float | None:
    """1 - squared error / squared error of the constant `centre` (the targets' own mean when None)."""
    p, t = numeric(predicted), numeric(y)
    if p is None or t is None or p.size != t.size or not len(t):
        return None
    p = p.reshape(t.shape)
    if not np.isfinite(p).all():
        return None
    base = np.square(t - (t.mean(axis=0) if centre is None else centre)).mean()
    return float(1 - np.square(p - t).mean() / base) if base > 0 else None


def class_skill(predicted: np.ndarray, y: np.ndarray, cut: float) -> tuple[float, float, float] | None:
    """(skill, accuracy, accuracy of the most frequent class).

    Skill is the greater of two that are 0 for a constant and 1 when perfect: accuracy above the most frequent class,
    and 2 AUC - 1 averaged over classes (threshold-free, so that class weights and calibration do not count).
    """
    scores = numeric(predicted)
    if scores is None or scores.ndim > 2 or not len(scores) or not np.isfinite(scores).all():
        return None
    ids = class_ids(y)
    if len(ids) != len(scores):
        return None
    guess = predicted_classes(scores, cut)
    accuracy = float((guess == ids).mean())
    values, counts = np.unique(ids, return_counts=True)
    constant = float(counts.max() / counts.sum())
    above = (accuracy - constant) / (1 - constant) if constant < 1 else 0.0
    if scores.ndim == 1:
        ranked = 2 * auc(scores, ids > 0) - 1
    else:
        inside = [v for v in values if 0 <= v < scores.shape[1]]
        ranked = float(np.mean([2 * auc(scores[:, v], ids == v) - 1 for v in inside])) if inside else 0.0
    return max(above, ranked), accuracy, constant


def multi_label_skill(predicted: np.ndarray, y: np.ndarray) -> float | None:
    """Mean of 2 AUC - 1 over the labels that occur with both values."""
    scores, t = numeric(predicted), numeric(y)
    if scores is None or t is None or scores.shape != t.shape or not np.isfinite(scores).all():
        return None
    s, t = scores.reshape(-1, scores.shape[-1]), t.reshape(-1, t.shape[-1]) > 0.5
    both = [i for i in range(t.shape[1]) if 0 < t[:, i].mean() < 1]
    return float(np.mean([2 * auc(s[:, i], t[:, i]) - 1 for i in both[:64]])) if both else None
