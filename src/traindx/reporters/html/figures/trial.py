"""Does the change help? One line per seed from the run without to the run with the change."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from traindx.reporters.html import svg
from traindx.reporters.html.figures.figure import figure, numbers
from traindx.reporters.html.markup import Html, join, tag
from traindx.reporters.words import OBSERVED, moved, number, seconds

if TYPE_CHECKING:
    from traindx.facts.diagnosis import Trial

HEIGHT = 180


def trial(tried: Trial) -> Html:
    """Pairs of points, seed by seed; a seed that gave NaN stands on a line of its own below."""
    pairs = list(zip(tried.before, tried.after, strict=False))
    bad = any(not math.isfinite(v) for pair in pairs for v in pair)
    y = svg.fitted([v for p in pairs for v in p], HEIGHT - (56 if bad else 34), svg.TOP)
    left, right = 110.0, svg.WIDTH - 60.0
    parts = [_rules(y, left, right)]
    if bad:
        parts.append(svg.write(40, HEIGHT - 34, "NaN", "end", "bad"))
    for before, after in pairs:
        a, b = (y(v) if math.isfinite(v) else HEIGHT - 38.0 for v in (before, after))
        parts.append(svg.rule(left, a, right, b, "pair"))
        parts.append(tag("circle", cx=left, cy=a, r=4.0, class_="dot s1"))
        parts.append(tag("circle", cx=right, cy=b, r=4.0, class_="dot s0"))
    parts += [svg.write(left, HEIGHT - 8, "without", "middle"), svg.write(right, HEIGHT - 8, "with", "middle")]
    observed = tried.verdict == OBSERVED
    hint = f"{moved(tried)}, in {seconds(tried.seconds)}" + ("." if observed else f": {tried.verdict}.")
    hint += f" {tried.note[:1].upper()}{tried.note[1:]}." if tried.note else ""
    question = f"{'What if' if observed else 'Does it help'}: {tried.change}?"
    rows = [(f"seed {i}", number(a), number(b)) for i, (a, b) in enumerate(pairs, 1)]
    drawing = svg.frame(f"{question} {hint}", *parts, height=HEIGHT)
    return figure(question, hint, drawing, numbers=numbers((tried.metric, "without", "with"), rows))


def _rules(y: svg.Scale, left: float, right: float) -> Html:
    parts: list[Html] = []
    for tick in y.ticks(4):
        parts.append(svg.rule(svg.LEFT, y(tick), right + 48, y(tick), "grid"))
        parts.append(svg.write(svg.LEFT - 6, y(tick) + 4, svg.short(tick), "end"))
    return join(*parts, svg.rule(left, y.start, left, y.end, "axis"), svg.rule(right, y.start, right, y.end, "axis"))
