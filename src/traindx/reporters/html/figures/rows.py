"""Which rows should I look at? Equal or oddly labelled rows beside each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from traindx.reporters.html import png
from traindx.reporters.html.figures.figure import figure
from traindx.reporters.html.markup import Html, tag
from traindx.reporters.words import clean

if TYPE_CHECKING:
    from collections.abc import Sequence

    from traindx.facts.pictures import RowGroup, RowPicture

GROUPS, ROWS, VALUES = 8, 6, 8


def rows(groups: Sequence[RowGroup]) -> Html:
    """Groups of rows as cards: a thumbnail for images, else the first values."""
    drawn = [
        tag("div", tag("h4", group.why), tag("div", *(_card(row) for row in group.rows[:ROWS]), class_="cards"))
        for group in groups[:GROUPS]
    ]
    return figure("Which rows should I look at?", "Rows of one group stand beside each other.", *drawn, wide=True)


def _card(row: RowPicture) -> Html:
    name = f"{row.split} row {row.row}"
    picture = Html("")
    if row.image is not None:
        height, width = row.image.shape[:2]
        picture = tag(
            "img", src=Html(png.data_url(row.image)), alt=_said(row, name), width=96, height=_height(height, width)
        )
    values = [tag("dt", k) + tag("dd", v) for k, v in row.values[:VALUES]]
    listed = tag("dl", *map(Html, values)) if values else Html("")
    facts = [tag("strong", name)]
    facts += [tag("span", f"label {row.label}")] if row.label else []
    facts += [tag("span", f"predicted {row.predicted}")] if row.predicted else []
    return tag("div", picture, tag("p", *facts), listed, class_="card")


def _height(height: int, width: int) -> int:
    return max(1, min(192, round(96 * height / max(1, width))))


def _said(row: RowPicture, name: str) -> str:
    return clean(f"{name}, label {row.label}" if row.label else name)[:200]
