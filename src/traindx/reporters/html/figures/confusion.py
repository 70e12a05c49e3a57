"""Which classes are taken for which? The confusion of labels and predictions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from traindx.reporters.html import svg
from traindx.reporters.html.figures.figure import figure, table
from traindx.reporters.html.markup import Html, tag

if TYPE_CHECKING:
    from traindx.facts.pictures import Confusion

CLASSES, WITH_NUMBERS = 30, 12
NAMES, LARGEST = 70, 44.0


def confusion(picture: Confusion) -> Html:
    """Labels as rows, predictions as columns; a good model is dark on the diagonal only."""
    counts, classes = _worst(np.asarray(picture.counts), picture.classes)
    size = min(LARGEST, (svg.WIDTH - NAMES - 4) / max(1, len(classes)))
    share = counts / np.maximum(1, counts.sum(axis=1, keepdims=True))
    cells = [
        _cell(int(counts[i, j]), float(share[i, j]), NAMES + j * size, 24 + i * size, size, len(classes))
        for i in range(len(classes))
        for j in range(len(classes))
    ]
    names = [_name(name, i, size) for i, name in enumerate(classes)]
    heads = [svg.write(NAMES + (j + 0.5) * size, 20, _clip(n, size), "middle") for j, n in enumerate(classes)]
    right = float(np.trace(np.asarray(picture.counts)) / max(1, np.asarray(picture.counts).sum()))
    hint = f"Rows: label. Columns: prediction. {right:.1%} of the {picture.split} rows are on the diagonal, so right."
    question = "Which classes are taken for which?"
    drawing = svg.frame(f"{question} {hint}", *heads, *names, *cells, height=28 + len(classes) * size)
    rows = [(name, *map(str, row)) for name, row in zip(classes, counts.tolist(), strict=True)]
    scroll = tag("div", table(("label", *classes), rows), class_="scroll", tabindex="0")
    return figure(question, hint, drawing, numbers=tag("details", tag("summary", "Numbers"), scroll))


def _worst(counts: np.ndarray, classes: tuple[str, ...]) -> tuple[np.ndarray, list[str]]:
    """The classes with the most errors where there are too many to draw."""
    if len(classes) <= CLASSES:
        return counts, list(classes)
    wrong = counts.sum(axis=0) + counts.sum(axis=1) - 2 * np.diag(counts)
    kept = np.sort(np.argsort(-wrong)[:CLASSES])
    return counts[np.ix_(kept, kept)], [classes[i] for i in kept]


def _cell(count: int, share: float, x: float, y: float, size: float, classes: int) -> Html:
    level = round(9 * share)
    box = tag("rect", x=x, y=y, width=size - 1, height=size - 1, class_=f"h{level}")
    if classes > WITH_NUMBERS:
        return box
    ink = "on-dark" if level >= 5 else None
    return Html(box + svg.write(x + size / 2, y + size / 2 + 4, str(count), "middle", ink))


def _name(name: str, place: int, size: float) -> Html:
    return svg.write(NAMES - 6, 24 + (place + 0.5) * size + 4, _clip(name, NAMES - 10), "end")


def _clip(name: str, width: float) -> str:
    length = max(1, int(width / 6.5))
    return name if len(name) <= length else name[: max(1, length - 1)] + "…"
