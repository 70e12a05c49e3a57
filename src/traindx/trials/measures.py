"""The outcomes that a trial may compare, each from the same arm: larger is better, 1 perfect, 0 a constant."""

from __future__ import annotations

import numpy as np

from traindx.facts.skill import class_ids, numeric, predicted_classes, threshold
from traindx.trials.lab import WORST, Arm
from traindx.trials.recipe import Recipe

NAMES = {
    "skill": "skill on held-out rows",
    "balanced": "mean recall over classes on held-out rows",
    "loss": "held-out loss (log score, negated)",
    "worst-recall": "least recall of a class on held-out rows",
}


def measured(recipe: Recipe, arm: Arm) -> float:
    """The outcome of an arm in the recipe's measure."""
    if not arm.finite or arm.predicted is None:
        return WORST
    if recipe.measure == "balanced":
        return float(np.mean(_recalls(recipe, arm.predicted)))
    if recipe.measure == "worst-recall":
        return float(np.min(_recalls(recipe, arm.predicted)))
    if recipe.measure == "loss":
        return log_score(recipe, arm.predicted)
    return arm.held


def _recalls(recipe: Recipe, predicted: np.ndarray) -> list[float]:
    ids = class_ids(recipe.truth[1][: len(predicted)])
    scores = numeric(predicted)
    assert scores is not None
    guess = predicted_classes(scores, threshold(recipe.case.model))
    return [float((guess[ids == c] == c).mean()) for c in np.unique(ids)]


def log_score(recipe: Recipe, predicted: np.ndarray) -> float:
    """Mean log probability of the true class over that of the classes' own frequencies, as a share gained (1 perfect).

    For regression the skill itself, which is a proper score already.
    """
    scores = numeric(predicted)
    if scores is None or recipe.case.task not in ("binary", "multi-class"):
        return max(WORST, _skill(recipe, predicted))
    ids = class_ids(recipe.truth[1][: len(predicted)])
    if scores.ndim == 1:
        p = scores if 0 <= scores.min() and scores.max() <= 1 else 1 / (1 + np.exp(-np.clip(scores, -60, 60)))
        chosen = np.where(ids > 0, p, 1 - p)
    else:
        proper = scores.min() >= 0 and np.allclose(scores.sum(axis=1), 1, atol=1e-2)
        shifted = np.exp(scores - scores.max(axis=1, keepdims=True))
        p = scores if proper else shifted / shifted.sum(axis=1, keepdims=True)
        chosen = p[np.arange(len(ids)), np.clip(ids, 0, p.shape[1] - 1)]
    shares = np.bincount(ids) / len(ids)
    reference = -float(np.mean(np.log(shares[ids])))
    return max(WORST, 1 + float(np.mean(np.log(np.clip(chosen, 1e-7, 1)))) / max(reference, 1e-6))


def _skill(recipe: Recipe, predicted: np.ndarray) -> float:
    from traindx.trials.lab import skill_of

    return skill_of(recipe, predicted, recipe.truth[1])
