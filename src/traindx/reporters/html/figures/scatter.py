"""Are the predictions near the labels? Predicted against true values of a regression."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from traindx.reporters.html import svg
from traindx.reporters.html.figures.figure import figure
from traindx.reporters.html.markup import Html, tag
from traindx.reporters.words import number

if TYPE_CHECKING:
    from traindx.facts.pictures import Scatter

POINTS = 500


def scatter(picture: Scatter) -> Html:
    """One point per row; a perfect model has all of them on the dashed line."""
    labels, predicted = np.asarray(picture.labels, float), np.asarray(picture.predicted, float)
    finite = np.isfinite(labels) & np.isfinite(predicted)
    lost = int((~finite).sum())
    labels, predicted = labels[finite], predicted[finite]
    step = max(1, -(-labels.size // POINTS))
    x = svg.fitted(labels.tolist(), svg.LEFT, svg.WIDTH - svg.RIGHT)
    y = svg.fitted([*labels.tolist(), *predicted.tolist()], svg.HEIGHT - svg.BOTTOM, svg.TOP)
    dots = [
        tag("circle", cx=x(a), cy=y(b), r=2.5, class_="dot s0")
        for a, b in zip(labels[::step].tolist(), predicted[::step].tolist(), strict=True)
    ]
    diagonal = svg.rule(x(x.low), y(x.low), x(x.high), y(x.high), "event")
    hint = f"{picture.split}: label across, prediction up; on the dashed line both are equal."
    hint += f" {_said(labels, predicted)}"
    hint += f" {lost} rows are not finite." if lost else ""
    question = "Are the predictions near the labels?"
    return figure(question, hint, svg.frame(f"{question} {hint}", svg.axes(x, y, "label"), diagonal, *dots))


def any_finite(picture: Scatter) -> bool:
    """Whether there is a pair to draw."""
    return bool(np.any(np.isfinite(picture.labels) & np.isfinite(picture.predicted)))


def _said(labels: np.ndarray, predicted: np.ndarray) -> str:
    spread = float(predicted.std() / (labels.std() or 1.0))
    return f"The predictions spread {number(spread)} times as far as the labels."
