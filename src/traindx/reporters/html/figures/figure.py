"""What all pictures have in common: a question, a hint how to read it, the drawing, and the numbers on demand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from traindx.reporters.html.markup import Child, Html, join, tag

if TYPE_CHECKING:
    from collections.abc import Sequence


def figure(question: str, hint: str, *drawings: Html, numbers: Html | None = None, wide: bool = False) -> Html:
    """A figure with its question as heading."""
    caption = tag("figcaption", tag("h3", question), tag("p", hint) if hint else "")
    return tag("figure", caption, *drawings, numbers or "", class_="wide" if wide else None)


def numbers(head: Sequence[str], rows: Sequence[Sequence[Child]]) -> Html:
    """The drawing's numbers as a table that opens on demand; at most 60 rows, evenly thinned."""
    step = max(1, -(-len(rows) // 60))
    return tag(
        "details", tag("summary", "Numbers"), tag("div", table(head, rows[::step]), class_="scroll", tabindex="0")
    )


def table(head: Sequence[str], rows: Sequence[Sequence[Child]]) -> Html:
    """A table whose first column names the rows."""
    heads = tag("tr", *(tag("th", name, scope="col") for name in head))
    body = [tag("tr", tag("th", first, scope="row"), *(tag("td", cell) for cell in rest)) for first, *rest in rows]
    return tag("table", tag("thead", heads), tag("tbody", join(*body)))
