"""Do the splits hold the same values? The splits' distributions over each other, the worst column first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from traindx.reporters.html import svg
from traindx.reporters.html.figures.figure import figure
from traindx.reporters.html.markup import Html, join, tag
from traindx.reporters.words import number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from traindx.facts.pictures import ColumnPicture

COLUMNS = 12
HEIGHT = 150


def histograms(columns: Sequence[ColumnPicture]) -> Html:
    """Small histograms, one per column, one outline per split."""
    splits = list(dict.fromkeys(name for column in columns for name, _ in column.shares))
    key = tag("p", *(join(tag("span", class_=f"key s{splits.index(s)}"), s, " ") for s in splits), class_="keys")
    drawn = [_column(column, splits) for column in columns[:COLUMNS]]
    hint = "Share of rows per value, each split as one outline. Outlines that lie over each other are alike."
    more = len(columns) - len(drawn)
    rest = tag("p", f"and {more} more columns") if more > 0 else Html("")
    question = "Do the splits hold the same values?"
    return figure(question, hint, key, tag("div", *drawn, class_="multiples"), rest, wide=True)


def _column(column: ColumnPicture, splits: Sequence[str]) -> Html:
    x = svg.fitted(column.edges, svg.LEFT, svg.WIDTH - svg.RIGHT)
    highest = max((share for _, shares in column.shares for share in shares), default=1.0)
    y = svg.fitted((0.0, highest), HEIGHT - svg.BOTTOM, svg.TOP)
    outlines = [_outline(name, column.edges, shares, x, y, splits) for name, shares in column.shares]
    said = f"Distribution of {column.column} in {', '.join(name for name, _ in column.shares)}. {column.note}"
    drawing = svg.frame(said, svg.axes(x, y, ""), *outlines, height=HEIGHT)
    note = join(tag("strong", column.column), f" {column.note}" if column.note else "")
    return tag("div", tag("p", note, class_="column"), drawing)


def _outline(
    name: str, edges: Sequence[float], shares: Sequence[float], x: svg.Scale, y: svg.Scale, splits: Sequence[str]
) -> Html:
    points = [(x(edges[0]), y(0))]
    for left, right, share in zip(edges, edges[1:], shares, strict=False):
        points += [(x(left), y(share)), (x(right), y(share))]
    points.append((x(edges[-1]), y(0)))
    said = tag("title", f"{name}: {number(edges[0])} to {number(edges[-1])}")
    return tag("path", said, d=svg.path(points), class_=f"area s{splits.index(name)}")
