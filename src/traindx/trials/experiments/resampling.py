"""Shared by experiments: skill on some rows, and how sure a difference between two sets of predictions is."""

from __future__ import annotations

import numpy as np

from traindx.facts.skill import split_skill, threshold
from traindx.trials.lab import WORST
from traindx.trials.recipe import Case
from traindx.trials.shown import Shown
from traindx.trials.statistics import MATTERS

DRAWS = 60
CERTAIN = 2.6
"""Bootstrap errors that a difference must exceed: the normal distribution's 0.5 % quantile (one-sided) is 2.58. Rows are
many where seeds are few, so no heavier tail is needed."""
SKILL = "skill on held-out rows"


def skill(case: Case, predicted: np.ndarray, truth: np.ndarray) -> float:
    """Skill of predictions, not below -1."""
    n = min(len(predicted), len(truth))
    found = split_skill(predicted[:n], truth[:n], case.task, threshold(case.model))[0]
    return WORST if found is None or not np.isfinite(found) else max(WORST, found)


def error_of_difference(
    case: Case, first: tuple[np.ndarray, np.ndarray], second: tuple[np.ndarray, np.ndarray], paired: bool
) -> float:
    """Standard error of skill(second) - skill(first) by the bootstrap (Efron 1979); `paired` draws the same rows."""
    rng = np.random.default_rng(0)
    found = []
    for _ in range(DRAWS):
        a = rng.integers(0, len(first[1]), len(first[1]))
        b = a if paired else rng.integers(0, len(second[1]), len(second[1]))
        found.append(skill(case, second[0][b], second[1][b]) - skill(case, first[0][a], first[1][a]))
    return float(np.std(found))


def compare(
    case: Case, change: str, first: tuple[np.ndarray, np.ndarray], second: tuple[np.ndarray, np.ndarray], *,
    paired: bool = True, falls: bool = False, matters: float = MATTERS, note: str = "",
) -> Shown:  # fmt: skip
    """Two sets of (predictions, truth) of the same weights: confirmed beyond `CERTAIN` bootstrap errors and `matters`."""
    before, after = skill(case, *first), skill(case, *second)
    error = error_of_difference(case, first, second, paired)
    gain = (before - after) if falls else (after - before)
    verdict = "confirmed" if gain >= max(matters, CERTAIN * error) else "inconclusive"
    size = f"{len(second[1])} rows, standard error of the difference {error:.3f}, no re-training"
    return Shown(None, change, SKILL, (round(before, 4),), (round(after, 4),), 0.0, verdict, not falls,
                 "; ".join(x for x in (note, size) if x))  # fmt: skip
