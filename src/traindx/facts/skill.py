"""Skill: the share of a constant predictor's error that predictions remove. One definition for models and baselines."""

from __future__ import annotations

import numpy as np

from traindx.facts.observation import ModelFacts


def numeric(array: np.ndarray) -> np.ndarray | None:
    """The array as float64, trailing axes of length 1 dropped; None where it holds no numbers."""
    if array.dtype.kind not in "fiub" and array.dtype.name != "bfloat16":
        return None
    flat = array.astype(np.float64)
    while flat.ndim > 1 and flat.shape[-1] == 1:
        flat = flat[..., 0]
    return flat


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


def relation(predicted: np.ndarray, y: np.ndarray) -> float | None:
    """Squared Pearson correlation of predictions and targets, negative where they fall with one another."""
    p, t = numeric(predicted), numeric(y)
    if p is None or t is None or p.size != t.size or p.size < 3 or not (np.isfinite(p).all() and np.isfinite(t).all()):
        return None
    p, t = p.reshape(-1) - p.mean(), t.reshape(-1) - t.mean()
    scale = float(np.sqrt((p @ p) * (t @ t)))
    return float(p @ t / scale * abs(p @ t / scale)) if scale > 0 else None


def best_cut(scores: np.ndarray, positive: np.ndarray) -> float:
    """Accuracy at the best threshold on a single score."""
    order = np.argsort(-scores, kind="stable")
    hits = np.cumsum(np.where(positive[order], 1, -1))
    last = np.append(np.diff(scores[order]) != 0, True)
    return float((max(0, int(hits[last].max(initial=0))) + int((~positive).sum())) / len(scores))


def one_row_a_step(scores: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Scores (rows, ..., classes) and class numbers (rows, ...) as (steps, classes) and (steps,). In sequences the steps of
    class 0 at both ends of a row are left out: they fill the row, and a mask may keep them out of the training."""
    counts = np.ones(y.shape, dtype=bool)
    if y.ndim == 2:
        inside = y != 0
        counts = np.maximum.accumulate(inside, axis=1) & np.maximum.accumulate(inside[:, ::-1], axis=1)[:, ::-1]
    return scores[counts], y[counts]


IMBALANCED = 0.8
"""Above this share of the most frequent class accuracy says little (class weights lower it on purpose): rank it."""


def class_skill(predicted: np.ndarray, y: np.ndarray, cut: float) -> tuple[float, float, float] | None:
    """(skill, accuracy at `cut`, accuracy of the most frequent class), of rows, or of steps where targets name a class at each.

    Skill is 0 for a constant and 1 when perfect: accuracy above the most frequent class (for a single score that is
    no probability at the best threshold), or where one class holds over 80 % of the rows 2 AUC - 1 averaged over classes.
    """
    scores, t = numeric(predicted), numeric(y)
    if scores is not None and t is not None and scores.ndim == t.ndim + 1 > 2 and scores.shape[:-1] == t.shape:
        scores, y = one_row_a_step(scores, t)
    if scores is None or scores.ndim > 2 or not len(scores) or not np.isfinite(scores).all():
        return None
    ids = class_ids(y)
    if len(ids) != len(scores):
        return None
    accuracy = float((predicted_classes(scores, cut) == ids).mean())
    values, counts = np.unique(ids, return_counts=True)
    constant = float(counts.max() / counts.sum())
    if constant > IMBALANCED:
        return _ranked(scores, ids, values), accuracy, constant
    probabilities = cut == 0.5 and scores.min() >= 0 and scores.max() <= 1
    reached = best_cut(scores, ids > 0) if scores.ndim == 1 and not probabilities else accuracy
    return (reached - constant) / (1 - constant), accuracy, constant


def _ranked(scores: np.ndarray, ids: np.ndarray, values: np.ndarray) -> float:
    if scores.ndim == 1:
        return 2 * auc(scores, ids > 0) - 1
    inside = [v for v in values if 0 <= v < scores.shape[1]]
    return float(np.mean([2 * auc(scores[:, v], ids == v) - 1 for v in inside])) if inside else 0.0


def multi_label_skill(predicted: np.ndarray, y: np.ndarray) -> float | None:
    """Mean of 2 AUC - 1 over the labels that occur with both values."""
    scores, t = numeric(predicted), numeric(y)
    if scores is None or t is None or scores.shape != t.shape or not np.isfinite(scores).all():
        return None
    s, t = scores.reshape(-1, scores.shape[-1]), t.reshape(-1, t.shape[-1]) > 0.5
    both = [i for i in range(t.shape[1]) if 0 < t[:, i].mean() < 1]
    return float(np.mean([2 * auc(s[:, i], t[:, i]) - 1 for i in both[:64]])) if both else None


def split_skill(
    predicted: np.ndarray, y: np.ndarray, task: str, cut: float, centre: np.ndarray | float | None = None
) -> tuple[float | None, float | None, float | None]:
    """(skill, accuracy, constant accuracy) of predictions on one split."""
    y = y[: len(predicted)]
    if task in ("regression", "reconstruction"):
        return regression_skill(predicted, y, centre), None, None
    if task == "multi-label":
        return multi_label_skill(predicted, y), None, None
    if task in ("binary", "multi-class"):
        found = class_skill(predicted, y, cut)
        return found if found is not None else (None, None, None)
    return None, None, None
