"""Two runs side by side, as text, JSON and HTML."""

from __future__ import annotations

import math
from typing import Any, TextIO

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from traindx.facts import codec
from traindx.facts.comparison import Comparison, Course, Difference, Part
from traindx.facts.pictures import CurvePicture, Event, Line
from traindx.reporters import words
from traindx.reporters.html.figures.curves import curves
from traindx.reporters.html.figures.figure import table as html_table
from traindx.reporters.html.markup import Html, tag
from traindx.reporters.html.page import document
from traindx.reporters.screen import Screen

VERSION = "traindx-compare/1"
SHOWN = 12
TITLES = {Part.PROGRAM: "Program", Part.DATA: "Data", Part.DYNAMICS: "How training went"}


def render(
    comparison: Comparison,
    *,
    width: int | None = None,
    color: bool | None = None,
    verbose: bool = False,
    stream: TextIO | None = None,
) -> str:
    """The comparison as text; without `verbose` at most a dozen differences of each part."""
    screen = Screen(stream, width, color)
    console = screen.console
    console.print(Text(verdict(comparison), "bold"))
    runs = f"good: {words.clean(comparison.good)}   bad: {words.clean(comparison.bad)}"
    console.print(Padding(Text(runs, "dim"), (0, 2)))
    for part in Part:
        found = comparison.of(part)
        if not found:
            continue
        console.print()
        shown = found if verbose else found[:SHOWN]
        console.print(_table(TITLES[part], shown))
        if len(shown) < len(found):
            console.print(Padding(Text(f"and {len(found) - len(shown)} more: -v shows them", "dim"), (0, 2)))
    for note in comparison.notes:
        console.print(Text(f"\nNote: {words.clean(note)}"))
    return screen.text()


def verdict(comparison: Comparison) -> str:
    """One sentence: where they part, or that they do not."""
    parting = comparison.parting
    if parting is not None:
        values = (
            f"{parting.quantity} {words.number(parting.good)} in the good run, {words.number(parting.bad)} in the bad"
        )
        before = "equal before" if parting.equal_before else "alike before" if parting.at else "from the start"
        return f"The runs part at {parting.unit} {parting.at} ({before}): {values}"
    if not comparison.differences:
        return "The runs do not differ in anything that was recorded"
    return f"The runs do not part; {words.count(len(comparison.differences), 'difference')} found"


def to_json(comparison: Comparison) -> dict[str, Any]:
    """The comparison as plain values; strict JSON."""
    return {"schema": VERSION, **codec.encode(comparison)}


def to_html(comparison: Comparison) -> str:
    """The comparison as one self-contained file: the curves over each other, then the differences."""
    said = verdict(comparison)
    runs = tag("p", "good: ", tag("code", comparison.good), " bad: ", tag("code", comparison.bad))
    header = tag("header", tag("h1", said), runs, class_="verdict unsure")
    drawn = [_figure(course, comparison) for course in comparison.courses[:12] if course.good or course.bad]
    parts = [tag("section", tag("h2", "Curves"), tag("div", *drawn, class_="gallery"), id="curves")] if drawn else []
    parts += [_section(part, comparison.of(part)) for part in Part if comparison.of(part)]
    notes = [tag("p", f"Note: {note}") for note in comparison.notes]
    return document(f"traindx: {said}", header, tag("main", *parts, *notes, id="main"))


def _table(title: str, found: tuple[Difference, ...]) -> Table:
    made = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", pad_edge=False)
    made.add_column(Text(title, "bold not dim"), overflow="fold")
    head, rows = _rows(found)
    for name in head[1:]:
        made.add_column(name, overflow="fold")
    for what, *rest in rows:
        made.add_row(*map(Text, (f"  {what}", *rest)))
    return made


def _rows(found: tuple[Difference, ...]) -> tuple[list[str], list[list[str]]]:
    """Head and rows; without a place in any row that column is left out."""
    columns = 4 if any(d.location for d in found) else 3
    rows = [[words.clean(d.what), _value(d.good), _value(d.bad), words.place(d.location)] for d in found]
    return ["what", "good", "bad", "where in bad"][:columns], [row[:columns] for row in rows]


def _value(value: float | int | str | None) -> str:
    return "none" if value is None else words.number(value)


def _section(part: Part, found: tuple[Difference, ...]) -> Html:
    shown = html_table(*_rows(found[:300]))
    scroll = tag("div", shown, class_="scroll", tabindex="0", role="region", aria_label=TITLES[part])
    return tag("section", tag("h2", TITLES[part]), scroll, id=part.value)


def _figure(course: Course, comparison: Comparison) -> Html:
    lines = [
        Line(name, tuple(a for a, _ in points), tuple(v if math.isfinite(v) else math.nan for _, v in points))
        for name, points in (("good", course.good), ("bad", course.bad))
        if points
    ]
    parting = comparison.parting
    here = parting is not None and parting.quantity == course.quantity and parting.unit == course.unit
    events = (Event(parting.at, "the runs part"),) if parting is not None and here else ()
    return curves(CurvePicture(course.quantity, tuple(lines), course.unit, events))
