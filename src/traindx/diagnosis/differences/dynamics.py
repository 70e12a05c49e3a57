"""What differs in how training went: results, endings, gradients, layers."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from traindx.facts.comparison import Difference, Part

if TYPE_CHECKING:
    from collections.abc import Iterator

    from traindx.facts.observation import Replay, Training

CLOSE = 0.05  # relative; runs with other seeds differ by about this much
TIMES = 10.0  # gradients and moves vary by a factor of a few from seed to seed
SHARE = 0.3


def dynamics_differences(good: Training, bad: Training) -> Iterator[Difference]:
    """Log values at the end, how the run ended, and the layers at its start and end."""
    a, b = good.curve, bad.curve
    for name in dict.fromkeys([*a.epochs, *b.epochs]):
        was, now = (curve.epochs.get(name, ())[-1:] for curve in (a, b))
        if bool(was) != bool(now) or (was and not close(was[0], now[0])):
            yield _seen(f"{name} at the end", was[0] if was else None, now[0] if now else None)
    for name, was, now in (
        ("steps", a.steps, b.steps),
        ("first step with a loss that is not finite", a.first_bad_step, b.first_bad_step),
        ("stopped by", a.stopped_by, b.stopped_by),
    ):
        if was != now:
            yield _seen(name, was, now)
    for when, was, now in (("start", good.start, bad.start), ("end", good.end, bad.end)):
        if was is not None and now is not None:
            yield from _replays(when, was, now)


def close(a: float, b: float, relative: float = CLOSE) -> bool:
    """Equal within a relative distance; NaN is close to NaN only."""
    if not (math.isfinite(a) and math.isfinite(b)):
        return a == b or (math.isnan(a) and math.isnan(b))
    return math.isclose(a, b, rel_tol=relative, abs_tol=1e-9)


def _replays(when: str, good: Replay, bad: Replay) -> Iterator[Difference]:
    others = {layer.name: layer for layer in bad.layers}
    for a in good.layers:
        b = others.get(a.name)
        if b is None:
            continue
        for name in ("dead_units", "constant_units", "saturated_share"):
            was, now = getattr(a, name), getattr(b, name)
            if abs(was - now) > SHARE:
                yield _seen(f"{name.replace('_', ' ')} of {a.name} at the {when}", was, now)
    variables = {v.path: v for v in bad.variables}
    for a in good.variables:
        b = variables.get(a.path)
        if b is None:
            continue
        for name in ("gradient_norm", "moved"):
            was, now = getattr(a, name), getattr(b, name)
            if _far(was, now):
                yield _seen(f"{name.replace('_', ' ')} of {a.path} at the {when}", was, now)


def _far(a: float | None, b: float | None) -> bool:
    if a is None or b is None:
        return (a is None) != (b is None)
    if not (math.isfinite(a) and math.isfinite(b)):
        return math.isfinite(a) != math.isfinite(b)
    low, high = sorted((abs(a), abs(b)))
    return high > TIMES * max(low, 1e-12) and high > 1e-9


def _seen(what: str, good: float | int | str | None, bad: float | int | str | None) -> Difference:
    return Difference(Part.DYNAMICS, what, good, bad)
