"""The few drawing tools that the pictures share: scales, axes, a frame with a spoken description."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from traindx.reporters.html.markup import Html, join, tag
from traindx.reporters.words import number

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

WIDTH, HEIGHT = 360, 210
LEFT, RIGHT, TOP, BOTTOM = 46, 12, 12, 34
COUNTED = ("epoch", "step")
HUGE = 1e150  # differences of larger numbers overflow


@dataclass(frozen=True)
class Scale:
    """Maps values in [low, high] to pixels in [start, end], by their logarithm where `log`."""

    low: float
    high: float
    start: float
    end: float
    log: bool = False

    def __call__(self, value: float) -> float:
        """The pixel of a value; values beyond the ends stay at the ends."""
        low, high, at = (math.log10(v) if self.log else v for v in (self.low, self.high, max(value, self.floor)))
        share = (at - low) / (high - low)
        return self.start + (self.end - self.start) * min(1.0, max(0.0, share))

    @property
    def floor(self) -> float:
        """The least value with a place on the scale."""
        return self.low if self.log else -math.inf

    def ticks(self, at_most: int = 5) -> list[float]:
        """Round values on the scale."""
        if self.log:
            powers = range(math.ceil(math.log10(self.low) - 1e-9), math.floor(math.log10(self.high) + 1e-9) + 1)
            step = max(1, math.ceil(len(powers) / at_most))
            return [10.0**p for p in powers][::step]
        step = _round_step((self.high - self.low) / at_most)
        first = math.ceil(self.low / step - 1e-9)
        last = math.floor(self.high / step + 1e-9)
        return [k * step for k in range(first, last + 1)]


def _round_step(raw: float) -> float:
    power = 10.0 ** math.floor(math.log10(raw))
    return next(power * m for m in (1, 2, 5, 10) if power * m >= raw * 0.999)


def fitted(values: Iterable[float], start: float, end: float, *, log: bool = False, zero: bool = False) -> Scale:
    """A scale around the finite values; `zero` includes zero on a linear one."""
    finite = [min(max(v, -HUGE), HUGE) for v in values if math.isfinite(v) and (v > 0 or not log)]
    low, high = (min(finite), max(finite)) if finite else (0.1, 1.0) if log else (0.0, 1.0)
    if zero and not log:
        low, high = min(low, 0.0), max(high, 0.0)
    if log:
        low, high = 10.0 ** math.floor(math.log10(max(low, 1 / HUGE))), 10.0 ** math.ceil(math.log10(high))
        return Scale(low, high if high > low else low * 10, start, end, log=True)
    if high - low <= 1e-9 * max(abs(low), abs(high)):
        low, high = low - (abs(low) / 2 or 0.5), high + (abs(high) / 2 or 0.5)
    return Scale(low, high, start, end)


def wide(values: Iterable[float]) -> bool:
    """Whether positive values span so much that only a logarithmic scale shows them."""
    finite = [v for v in values if math.isfinite(v)]
    return bool(finite) and min(finite) > 0 and max(finite) > 500 * min(finite)


def frame(label: str, *children: Html, width: float = WIDTH, height: float = HEIGHT) -> Html:
    """A drawing that a screen reader reads as one sentence."""
    return tag("svg", *children, viewBox=f"0 0 {width:g} {height:g}", role="img", aria_label=label)


def write(x: float, y: float, said: str, anchor: str = "start", class_: str | None = None) -> Html:
    """A text at a place."""
    return tag("text", said, x=float(x), y=float(y), text_anchor=anchor, class_=class_)


def rule(x1: float, y1: float, x2: float, y2: float, class_: str) -> Html:
    """A straight line."""
    return tag("line", x1=float(x1), y1=float(y1), x2=float(x2), y2=float(y2), class_=class_)


def axes(x: Scale, y: Scale, x_name: str) -> Html:
    """Light horizontal rules with their numbers, and the x axis below."""
    parts: list[Html] = []
    for tick in y.ticks(4):
        parts.append(rule(x.start, y(tick), x.end, y(tick), "grid"))
        parts.append(write(x.start - 6, y(tick) + 4, short(tick), "end"))
    for tick in x.ticks(5):
        if x_name in COUNTED and tick != round(tick):
            continue
        parts.append(write(x(tick), y.start + 15, short(tick), "middle"))
    parts.append(rule(x.start, y.start, x.end, y.start, "axis"))
    parts.append(write((x.start + x.end) / 2, y.start + 30, x_name, "middle"))
    return join(*parts)


def short(value: float) -> str:
    """A tick's number."""
    if value and (abs(value) >= 1e5 or abs(value) < 1e-3):
        return f"{value:.0e}".replace("e-0", "e-").replace("e+0", "e").replace("e+", "e")
    return number(round(value, 10))


def path(points: Sequence[tuple[float, float]]) -> Html:
    """The `d` of a line through points; points that are not finite break it."""
    said: list[str] = []
    pen_down = False
    for x, y in points:
        if not (math.isfinite(x) and math.isfinite(y)):
            pen_down = False
            continue
        said.append(f"{'L' if pen_down else 'M'}{x:.1f} {y:.1f}")
        pen_down = True
    return Html("".join(said))
