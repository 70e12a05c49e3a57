"""Which layer is at fault? The model from input to output, the guilty layer marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from traindx.reporters.html.figures.figure import figure
from traindx.reporters.html.markup import Html, tag
from traindx.reporters.words import count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from traindx.facts.pictures import LayerPicture

LAYERS, AROUND = 60, 3


def layers(model: Sequence[LayerPicture]) -> Html:
    """The layers as a list; of a deep model only the ends and the layers around guilty ones."""
    shown = _shown(model)
    items: list[Html] = []
    last = -1
    for place in shown:
        if place != last + 1:
            items.append(_gap(place - last - 1))
        items.append(_layer(model[place]))
        last = place
    if last < len(model) - 1:
        items.append(_gap(len(model) - 1 - last))
    guilty = [layer.name for layer in model if layer.guilty]
    hint = f"Marked: {', '.join(guilty[:8])}." if guilty else "From input to output; no finding names a layer."
    question = "Which layer is at fault?" if guilty else "What does the model look like?"
    return figure(question, hint, tag("ol", *items, class_="layers"), wide=True)


def _shown(model: Sequence[LayerPicture]) -> list[int]:
    if len(model) <= LAYERS:
        return list(range(len(model)))
    guilty = [i for i, layer in enumerate(model) if layer.guilty][:8]
    near = {j for i in guilty for j in range(i - AROUND, i + AROUND + 1)}
    return sorted(i for i in near | {*range(8), *range(len(model) - 8, len(model))} if 0 <= i < len(model))


def _gap(hidden: int) -> Html:
    return tag("li", count(hidden, "more layer"), class_="gap")


def _layer(layer: LayerPicture) -> Html:
    facts = [layer.kind, layer.detail, layer.shape, count(layer.parameters, "weight") if layer.parameters else ""]
    said = tag("span", " · ".join(fact for fact in facts if fact))
    why = tag("em", layer.guilty) if layer.guilty else Html("")
    return tag("li", tag("strong", layer.name), said, why, class_="guilty" if layer.guilty else None)
