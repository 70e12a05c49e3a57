"""How did a logged quantity move? Training and validation over epochs or steps, with events marked."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from traindx.reporters.html import svg
from traindx.reporters.html.figures.figure import figure, numbers
from traindx.reporters.html.markup import Html, join, tag
from traindx.reporters.words import number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from traindx.facts.pictures import CurvePicture, Event, Line

POINTS = 300
NAMES_WIDTH = 66
FALLS, RISES = ("loss", "error", "mae", "mse"), ("accuracy", "precision", "recall", "auc", "f1")


def curves(picture: CurvePicture) -> Html:
    """One quantity with its lines named at their ends."""
    question = _question(picture.name)
    said = ". ".join(f"{line.name}: {_course(line)}" for line in picture.lines)
    drawing = lines(f"{question} {said}", picture.lines, picture.x_name, picture.events)
    values = [dict(zip(line.x, line.y, strict=True)) for line in picture.lines]
    rows = [(number(x), *(number(at.get(x)) for at in values)) for x in _few(picture.lines[0].x)]
    table = numbers((picture.x_name, *(line.name for line in picture.lines)), rows)
    return figure(question, said + ".", drawing, _events(picture), numbers=table)


def _question(name: str) -> str:
    said = name.replace("_", " ")
    if any(word in name.lower() for word in FALLS):
        return f"Did the {said} fall?"
    if any(word in name.lower() for word in RISES):
        return f"Did the {said} rise?"
    return f"How did the {said} move?"


def lines(
    label: str, drawn: Sequence[Line], x_name: str, events: Sequence[Event] = (), *, y_zero: bool = False
) -> Html:
    """A line chart: up to three lines, events as numbered dashed rules, values that are not finite as crosses."""
    values = [v for line in drawn for v in line.y]
    named = len(drawn) > 1
    x = svg.fitted([v for line in drawn for v in line.x], svg.LEFT, svg.WIDTH - (NAMES_WIDTH if named else svg.RIGHT))
    log = svg.wide(values)
    y = svg.fitted(values, svg.HEIGHT - svg.BOTTOM, svg.TOP + 8, log=log, zero=y_zero)
    parts = [svg.axes(x, y, x_name)]
    labelled: list[float] = []
    for place, event in enumerate(events, 1):
        at = x(event.at)
        parts.append(svg.rule(at, y.start, at, y.end, "event"))
        near = any(abs(at - other) < 12 for other in labelled)
        parts.append(svg.write(at + 12 if near else at, y.end - 3, str(place), "middle", "event"))
        labelled.append(at)
    for rank, line in enumerate(drawn):
        points = [(x(a), y(b) if math.isfinite(b) else math.nan) for a, b in thin(line)]
        parts.append(tag("path", d=svg.path(points), class_=f"line s{rank}"))
        parts.append(_crosses(line, x, y.end))
    if named:
        parts += _names(drawn, x.end + 5, y)
    return svg.frame(label, *parts)


def thin(line: Line) -> list[tuple[float, float]]:
    """At most `POINTS` points that keep the extremes: the lowest and highest of every stretch."""
    points = list(zip(line.x, line.y, strict=True))
    if len(points) <= POINTS:
        return points
    stretch = math.ceil(2 * len(points) / POINTS)
    kept: list[tuple[float, float]] = []
    for start in range(0, len(points), stretch):
        part = points[start : start + stretch]
        finite = [p for p in part if math.isfinite(p[1])] or part[:1]
        kept += sorted({min(finite, key=lambda p: p[1]), max(finite, key=lambda p: p[1])})
    return kept


def _crosses(line: Line, x: svg.Scale, top: float) -> Html:
    """The first value that is not finite, of every stretch of such values."""
    bad = [not math.isfinite(v) for v in line.y]
    first = [a for a, now, before in zip(line.x, bad, [False, *bad], strict=False) if now and not before]
    return join(*(svg.write(x(a), top + 10, "✕", "middle", "bad") for a in first[:10]))


def _names(drawn: Sequence[Line], x: float, y: svg.Scale) -> list[Html]:
    """Each line's name at its end, pushed apart where they would meet, and up where they would leave the plot."""
    ends: list[tuple[float, int, str]] = []
    for rank, line in enumerate(drawn):
        finite = [v for v in line.y if math.isfinite(v)]
        ends.append((y(finite[-1]) if finite else y.end, rank, line.name))
    ends.sort()
    at: list[float] = []
    last, lowest = -math.inf, y.start - 6
    for end, _, _ in ends:
        last = max(end, last + 13)
        at.append(last)
    for place in reversed(range(len(at))):
        at[place] = lowest = min(at[place], lowest)
        lowest -= 13
    return [svg.write(x, a + 4, _clip(name, 11), "start", f"name s{rank}") for a, (_, rank, name) in zip(at, ends, strict=True)]


def _clip(name: str, length: int) -> str:
    return name if len(name) <= length else name[: length - 1] + "…"


def _few(places: Sequence[float]) -> Sequence[float]:
    return places[:: max(1, -(-len(places) // 60))]


def _course(line: Line) -> str:
    if not line.y:
        return "no values"
    bad = sum(not math.isfinite(v) for v in line.y)
    said = f"{number(line.y[0])} at first, {number(line.y[-1])} at last"
    return said + (f", {bad} of {len(line.y)} not finite" if bad else "")


def _events(picture: CurvePicture) -> Html:
    items = [tag("li", f"{event.text} ({picture.x_name} {number(event.at)})") for event in picture.events]
    return tag("ol", *items, class_="events") if items else Html("")
