"""What a pair of arms shows: pure arithmetic on outcomes per seed. Larger outcomes are better here."""

from __future__ import annotations

import math
from enum import StrEnum

MATTERS = 0.1
"""The least gain in skill that matters: a tenth of the way from a constant to perfect predictions. A smaller gain is no
repair of a failing run, however certain."""

SPREADS = 3.0
"""How many standard errors a gain must exceed: with the few seeds that a budget allows, Student's t at 1 % (one-sided)
for 4 to 6 pooled degrees of freedom is 3.1 to 3.7; the least gain and the demand that the arms do not overlap add to it."""

FLOOR = 0.01
"""The spread between seeds is never taken for less: two equal outcomes of coarse metrics do not mean certainty."""


class Effect(StrEnum):
    """What one change did."""

    HELPS = "helps"
    NOTHING = "nothing"
    WORSE = "worse"
    UNCLEAR = "unclear"


def mean(values: tuple[float, ...]) -> float:
    """Arithmetic mean; 0 of nothing."""
    return sum(values) / len(values) if values else 0.0


def spread(groups: list[tuple[float, ...]]) -> float:
    """Standard deviation between seeds, pooled over arms; not below `FLOOR`."""
    squares, degrees = 0.0, 0
    for group in groups:
        if len(group) > 1:
            centre = mean(group)
            squares += sum((v - centre) ** 2 for v in group)
            degrees += len(group) - 1
    return max(FLOOR, math.sqrt(squares / degrees)) if degrees else FLOOR


def standard_error(before: tuple[float, ...], after: tuple[float, ...], noise: float) -> float:
    """Of the difference of both means."""
    return noise * math.sqrt(1 / max(1, len(before)) + 1 / max(1, len(after)))


def row_error(skill: float, rows: int, constant: float | None) -> float:
    """Standard error of a skill by the choice of the held-out rows.

    With classes the binomial error of the accuracy behind it, over what a constant misses (`constant`: its accuracy); for
    numbers that of a ratio of two mean squares of `rows` normal errors, each with relative variance 2 / rows.
    """
    if constant is None:
        return (1 - min(skill, 1.0)) * 2 / math.sqrt(max(1, rows))
    miss = max(1 - constant, 1 / max(1, rows))
    right = min(1.0, max(0.0, constant + skill * miss))
    return math.sqrt(max(right * (1 - right), 1 / max(1, rows)) / max(1, rows)) / miss


def effect(
    before: tuple[float, ...], after: tuple[float, ...], noise: float, matters: float = MATTERS, rows: float = 0.0
) -> Effect:
    """Compare two arms. `rows`: the error of the difference that other held-out rows bring, which no seed shows.

    `HELPS`: at least two seeds each, no overlap, a mean gain above `matters` and `SPREADS` standard errors. `NOTHING`: a
    gain beyond half of `matters` can be excluded at two standard errors. `WORSE`: the mirror of `HELPS` without the
    demand for two seeds. Else `UNCLEAR`.
    """
    if not before or not after:
        return Effect.UNCLEAR
    gain, error = mean(after) - mean(before), math.hypot(standard_error(before, after, noise), rows)
    if gain >= max(matters, SPREADS * error) and min(after) > max(before):
        return Effect.HELPS if min(len(before), len(after)) >= 2 else Effect.UNCLEAR
    if gain <= -max(matters, SPREADS * error):
        return Effect.WORSE
    if gain + 2 * error <= max(0.5 * matters, 2 * error):
        return Effect.NOTHING
    return Effect.UNCLEAR
