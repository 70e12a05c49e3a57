"""The first step at which two runs part.

Runs with the same seeds are equal digit by digit until the change acts: the first unequal step is the answer. Other
runs differ from the first step on by chance; they part where the distance of their smoothed losses stays beyond the
spread that the good run has around its own smoothed loss.
"""

from __future__ import annotations

import math
from statistics import median
from typing import TYPE_CHECKING

from traindx.diagnosis.differences.dynamics import close
from traindx.facts.comparison import Course, Parting

if TYPE_CHECKING:
    from traindx.facts.observation import Curve

Points = tuple[tuple[float, float], ...]

WINDOW = 9  # points of the running median
STAYS = 5  # points in a row that must be apart
SPREADS = 4.0
SAME = 1e-6  # relative; below float32's own rounding over a few hundred additions


def part(good: Curve, bad: Curve) -> Parting | None:
    """Where the step losses part, or the epoch logs where there are none; None where the runs stay together."""
    pairs = [_by_step(good, bad), *(_by_epoch(name, good, bad) for name in _names(good, bad))]
    found = [_part(*pair) for pair in pairs if len(pair[2]) > 0]
    return next((p for p in found if p is not None), None)


def courses(good: Curve, bad: Curve) -> tuple[Course, ...]:
    """The curves of both runs, to be drawn over each other."""
    drawn = [Course("loss", "step", good.step_loss, bad.step_loss)] if good.step_loss and bad.step_loss else []
    for name in dict.fromkeys([*good.epochs, *bad.epochs]):
        a, b = (tuple((float(e), v) for e, v in enumerate(c.epochs.get(name, ()))) for c in (good, bad))
        drawn.append(Course(name, "epoch", a, b))
    return tuple(drawn)


def _names(good: Curve, bad: Curve) -> list[str]:
    shared = [name for name in good.epochs if name in bad.epochs]
    return sorted(shared, key=lambda name: (name != "loss", name != "val_loss"))


def _by_step(good: Curve, bad: Curve) -> tuple[str, str, Points, Points]:
    other = dict(bad.step_loss)
    shared = [step for step, _ in good.step_loss if step in other]
    own = dict(good.step_loss)
    return "step", "loss", tuple((s, own[s]) for s in shared), tuple((s, other[s]) for s in shared)


def _by_epoch(name: str, good: Curve, bad: Curve) -> tuple[str, str, Points, Points]:
    pairs = list(enumerate(zip(good.epochs[name], bad.epochs[name], strict=False)))
    return "epoch", name, tuple((e, a) for e, (a, _) in pairs), tuple((e, b) for e, (_, b) in pairs)


def _part(unit: str, quantity: str, good: Points, bad: Points) -> Parting | None:
    ours, theirs = [v for _, v in good], [v for _, v in bad]
    places = [int(at) for at, _ in good]
    first = next((i for i, (a, b) in enumerate(zip(ours, theirs, strict=True)) if not close(a, b, SAME)), None)
    if first is None:
        return None
    if first > 0:
        return Parting(unit, places[first], quantity, ours[first], theirs[first], equal_before=True)
    smooth = [_smoothed(values) for values in (ours, theirs)]
    limit = SPREADS * _spread(ours, smooth[0])
    apart = [_apart(a, b, limit) for a, b in zip(*smooth, strict=True)]
    at = next((i for i in range(len(apart)) if all(apart[i : i + STAYS])), None)
    if at is None:
        return None
    return Parting(unit, places[at], quantity, ours[at], theirs[at], equal_before=False, limit=limit)


def _apart(good: float, bad: float, limit: float) -> bool:
    if not (math.isfinite(good) and math.isfinite(bad)):
        return math.isfinite(good) != math.isfinite(bad)
    return abs(good - bad) > max(limit, 0.05 * abs(good))


def _smoothed(values: list[float]) -> list[float]:
    """Running median; a value that is not finite stays so, for it is no noise."""
    half = WINDOW // 2
    made: list[float] = []
    for i, value in enumerate(values):
        near = [v for v in values[max(0, i - half) : i + half + 1] if math.isfinite(v)]
        made.append(median(near) if math.isfinite(value) and near else value)
    return made


def _spread(values: list[float], smooth: list[float]) -> float:
    around = [abs(v - s) for v, s in zip(values, smooth, strict=True) if math.isfinite(v - s)]
    return 1.4826 * median(around) if around else 0.0
