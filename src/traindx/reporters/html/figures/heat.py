"""Does every layer learn? One quantity per layer and step as a heat map."""

from __future__ import annotations

import math

import numpy as np

from traindx.facts.pictures import HeatMap
from traindx.reporters.html import svg
from traindx.reporters.html.figures.figure import figure, numbers
from traindx.reporters.html.markup import Html, tag
from traindx.reporters.words import clean, number

LAYERS, STEPS = 40, 48
SHADES = 9
NAMES, ROW = 112, 17
WORDS = {
    "gradient_norm": (
        "Does a gradient reach every layer?",
        "Gradient norm per layer and step, logarithmic.",
    ),
    "update_ratio": (
        "Does every layer move?",
        "Length of the step over length of the weights, logarithmic. About 0.001 is usual.",
    ),
    "dead_units": ("Are units dead?", "Share of units that are zero for every row."),
}


def heat(picture: HeatMap) -> Html:
    """Layers from input (top) to output, steps from left to right; darker is more."""
    question, hint = WORDS.get(picture.quantity, (f"How large is {picture.quantity}?", ""))
    picture = _thinned(picture)
    log = picture.quantity != "dead_units"
    finite = picture.values[np.isfinite(picture.values)]
    shade = svg.fitted(finite, 0, SHADES, log=True) if log else svg.Scale(0.0, 1.0, 0, SHADES)
    width = (svg.WIDTH - NAMES - 4) / max(1, len(picture.steps))
    cells = [
        _cell(value, shade, NAMES + j * width, i * ROW, width)
        for i, row in enumerate(picture.values)
        for j, value in enumerate(row)
    ]
    names = [_name(layer, i, layer in picture.guilty) for i, layer in enumerate(picture.layers)]
    bottom = len(picture.layers) * ROW
    marks = [
        svg.write(NAMES, bottom + 14, f"step {picture.steps[0]}" if picture.steps else ""),
        svg.write(svg.WIDTH - 4, bottom + 14, f"{picture.steps[-1]}" if picture.steps else "", "end"),
        *_legend(shade, bottom + 24, finite.size < picture.values.size),
    ]
    label = f"{question} {_said(picture)}"
    drawing = svg.frame(label, *cells, *names, *marks, height=bottom + 52)
    table = numbers(
        ("layer", "first", "last", "least", "largest"),
        [(n, *map(number, (r[0], r[-1], np.nanmin(r), np.nanmax(r)))) for n, r in _rows(picture)],
    )
    return figure(question, hint, drawing, numbers=table)


def _thinned(picture: HeatMap) -> HeatMap:
    """At most LAYERS x STEPS cells; guilty layers stay."""
    guilty = {i for i, name in enumerate(picture.layers) if name in picture.guilty[:LAYERS]}
    layers = sorted({*_spaced(len(picture.layers), LAYERS), *guilty})
    steps = _spaced(len(picture.steps), STEPS)
    values = np.asarray(picture.values, float)[np.ix_(layers, steps)]
    names = tuple(picture.layers[i] for i in layers)
    return HeatMap(picture.quantity, names, tuple(picture.steps[j] for j in steps), values, picture.guilty)


def _spaced(n: int, most: int) -> list[int]:
    """At most `most` of the places 0 to n - 1, evenly spaced, both ends among them."""
    return list(range(n)) if n <= most else [i * (n - 1) // (most - 1) for i in range(most)]


def _rows(picture: HeatMap) -> list[tuple[str, np.ndarray]]:
    rows = zip(picture.layers, picture.values, strict=True)
    return [(name, row) for name, row in rows if np.isfinite(row).any()]


def _cell(value: float, shade: svg.Scale, x: float, y: float, width: float) -> Html:
    level = "x" if not math.isfinite(value) else round(shade(value))
    return tag("rect", x=x, y=float(y), width=width + 0.3, height=float(ROW - 2), class_=f"h{level}")


def _name(layer: str, place: int, guilty: bool) -> Html:
    layer = clean(layer)
    said = layer if len(layer) <= 16 else layer[:7] + "…" + layer[-8:]
    return svg.write(NAMES - 6, place * ROW + 12, f"▸ {said}" if guilty else said, "end", "guilty" if guilty else None)


def _legend(shade: svg.Scale, top: float, holes: bool) -> list[Html]:
    parts = [
        tag("rect", x=NAMES + k * 12.0, y=float(top), width=12.0, height=10.0, class_=f"h{k}")
        for k in range(SHADES + 1)
    ]
    parts.append(svg.write(NAMES, top + 23, svg.short(shade.low)))
    parts.append(svg.write(NAMES + 12 * (SHADES + 1), top + 23, svg.short(shade.high), "end"))
    if holes:
        parts.append(tag("rect", x=NAMES + 150.0, y=float(top), width=12.0, height=10.0, class_="hx"))
        parts.append(svg.write(NAMES + 166, top + 9, "not finite"))
    return parts


def _said(picture: HeatMap) -> str:
    last = [f"{name} {number(float(row[-1]))}" for name, row in _rows(picture)[:12]]
    return f"At the last step: {', '.join(last)}." if last else "No finite value."
