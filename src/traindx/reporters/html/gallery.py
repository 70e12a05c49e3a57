"""All pictures in the order in which people ask: training, layers, data, predictions, program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from traindx.reporters.html.figures.confusion import confusion
from traindx.reporters.html.figures.curves import curves
from traindx.reporters.html.figures.heat import heat
from traindx.reporters.html.figures.histograms import histograms
from traindx.reporters.html.figures.layers import layers
from traindx.reporters.html.figures.rows import rows
from traindx.reporters.html.figures.scatter import any_finite, scatter
from traindx.reporters.html.figures.source import source
from traindx.reporters.html.figures.thresholds import thresholds
from traindx.reporters.html.markup import Html, tag

if TYPE_CHECKING:
    from traindx.facts.pictures import Pictures

CURVES, FILES = 12, 6


def sections(pictures: Pictures) -> list[Html]:
    """One section per subject; a subject without pictures has none."""
    model = [layers(pictures.layers)] if pictures.layers else []
    data = [histograms(pictures.columns)] if pictures.columns else []
    data += [rows(pictures.rows)] if pictures.rows else []
    drawn = {
        "Program": [source(s) for s in pictures.sources[:FILES] if s.guilty],
        "Training": [curves(c) for c in pictures.curves[:CURVES] if c.lines],
        "Layers": [*(heat(h) for h in pictures.heat_maps[:4] if h.values.size), *model],
        "Data": data,
        "Predictions": [
            *([confusion(pictures.confusion)] if pictures.confusion else []),
            *([scatter(pictures.scatter)] if pictures.scatter and any_finite(pictures.scatter) else []),
            *([thresholds(pictures.thresholds)] if pictures.thresholds else []),
        ],
    }
    return [_section(name, figures) for name, figures in drawn.items() if figures]


def _section(name: str, figures: list[Html]) -> Html:
    return tag("section", tag("h2", name), tag("div", *figures, class_="gallery"), id=name.lower())
