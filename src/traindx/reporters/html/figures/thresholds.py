"""Is the decision threshold right? Precision, recall and F1 for every threshold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from traindx.facts.pictures import Event, Line, ThresholdSweep
from traindx.reporters.html.figures.curves import lines
from traindx.reporters.html.figures.figure import figure, numbers
from traindx.reporters.words import number

if TYPE_CHECKING:
    from traindx.reporters.html.markup import Html


def thresholds(picture: ThresholdSweep) -> Html:
    """Three lines over the threshold, the used and the best one marked."""
    pairs = list(zip(picture.precision, picture.recall, strict=True))
    f1 = tuple(2 * p * r / (p + r) if p + r > 0 else 0.0 for p, r in pairs)
    best = max(range(len(f1)), key=f1.__getitem__)
    at = picture.thresholds
    drawn = (Line("precision", at, picture.precision), Line("recall", at, picture.recall), Line("F1", at, f1))
    used = min(range(len(at)), key=lambda i: abs(at[i] - picture.used))
    hint = (
        f"{picture.split}: at the used threshold {number(picture.used)} (1) F1 is {number(f1[used])}; "
        f"at {number(at[best])} (2) it is {number(f1[best])}."
    )
    question = "Is the decision threshold right?"
    events = (Event(picture.used, "used"), Event(at[best], "best F1"))
    drawing = lines(f"{question} {hint}", drawn, "threshold", events, y_zero=True)
    rows = [tuple(map(number, row)) for row in zip(at, picture.precision, picture.recall, f1, strict=True)]
    return figure(question, hint, drawing, numbers=numbers(("threshold", "precision", "recall", "F1"), rows))
