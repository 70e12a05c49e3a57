"""Which line is at fault? The program's own lines around the guilty ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from traindx.reporters.html.figures.figure import figure
from traindx.reporters.html.markup import Html, tag

if TYPE_CHECKING:
    from traindx.facts.pictures import SourcePicture

AROUND, MOST = 4, 80


def source(picture: SourcePicture) -> Html:
    """Line numbers and lines; what is wrong stands under its line."""
    guilty: dict[int, list[str]] = {}
    for line, why in picture.guilty:
        guilty.setdefault(line, []).append(why)
    near = {n for line in guilty for n in range(line - AROUND, line + AROUND + 1)}
    shown = sorted(n for n in near if 1 <= n <= len(picture.lines))[:MOST]
    body: list[Html] = []
    last = 0
    for n in shown:
        if n != last + 1:
            body.append(tag("span", "⋯", class_="gap"))
        body.append(_line(n, picture.lines[n - 1], n in guilty))
        body += [tag("span", f"{' ' * 6}^ {why}", class_="why") for why in guilty.get(n, ())]
        last = n
    code = tag("pre", tag("code", *body), class_="source", tabindex="0", role="region", aria_label=picture.file)
    return figure(f"Which line of {picture.file} is at fault?", "", code, wide=True)


def _line(place: int, text: str, guilty: bool) -> Html:
    number = tag("b", f"{place:>4}  ")
    said = text.expandtabs(4)[:400]
    return tag("span", number, tag("mark", said) if guilty else said, class_="guilty" if guilty else None)
