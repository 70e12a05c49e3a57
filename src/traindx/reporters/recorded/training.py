"""Curves with their events."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from traindx.facts.pictures import CurvePicture, Event, Line

if TYPE_CHECKING:
    from traindx.facts.observation import Curve, Training

MOST = 8
RISING = ("acc", "precision", "recall", "auc", "f1", "r2", "cosine")


def curves_of(training: Training) -> tuple[CurvePicture, ...]:
    """The loss per epoch and per step, then the metrics and the learning rate."""
    curve = training.curve
    names = [name for name in curve.epochs if not _validation(name) and name not in ("lr", "learning_rate")]
    names.sort(key=lambda name: name != "loss")
    drawn = [_epochs(name, curve) for name in names]
    steps = _steps(curve)
    drawn[1:1] = [steps] if steps else []
    rates = _rates(curve)
    return (*drawn[: MOST - 1], *([rates] if rates else []))


def _validation(name: str) -> bool:
    return name.startswith("val_")


def _epochs(name: str, curve: Curve) -> CurvePicture:
    lines = [_line("training", curve.epochs[name])]
    validation = curve.epochs.get(f"val_{name}")
    events: list[Event] = []
    if validation:
        lines.append(_line("validation", validation))
        best = _best(name, validation)
        if best is not None and best < len(validation) - 1:
            events.append(Event(best + 1, "best validation value"))
    if curve.stopped_by and name == "loss":
        events.append(Event(len(curve.epochs[name]), f"stopped by {curve.stopped_by}"))
    return CurvePicture(name, tuple(lines), "epoch", tuple(events))


def _line(name: str, values: tuple[float, ...]) -> Line:
    return Line(name, tuple(float(epoch) for epoch in range(1, len(values) + 1)), tuple(map(float, values)))


def _best(name: str, values: tuple[float, ...]) -> int | None:
    finite = [i for i, v in enumerate(values) if math.isfinite(v)]
    if not finite:
        return None
    sign = -1 if any(word in name.lower() for word in RISING) else 1
    return min(finite, key=lambda i: sign * values[i])


def _steps(curve: Curve) -> CurvePicture | None:
    if len(curve.step_loss) < 2:
        return None
    x, y = (tuple(float(v) for v in side) for side in zip(*curve.step_loss, strict=True))
    bad = curve.first_bad_step
    events = (Event(float(bad), "first loss that is not finite"),) if bad is not None else ()
    return CurvePicture("loss per step", (Line("training", x, y),), "step", events)


def _rates(curve: Curve) -> CurvePicture | None:
    rates = curve.learning_rates
    if len(set(rates)) < 2:
        return None
    return CurvePicture("learning_rate", (_line("learning rate", rates),))
