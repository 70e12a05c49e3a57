"""E126."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.evaluated import RowWeights
from traindx.facts.findings import Evidence, Finding, Severity
from traindx.facts.outcome import Targets


@check("E126", Severity.ERROR, suggests=(Cause.LOSS_MISMATCH, Cause.CLASS_IMBALANCE))
def zero_class_weight(weights: RowWeights, targets: Targets) -> Finding | None:
    """A class has weight 0 in the loss: the model is never told about its rows.

    ## Why training fails
    Each row's loss is multiplied by its class's weight. With 0 a class costs nothing, and the model gives all its rows
    to the others.

    ## How it is measured
    The `class_weight` that `fit` was given holds a 0 for a class.

    ## What to do
    Compute the weights with a true division (`n / (classes * count)`); a whole-number division gives 0.

    ## Thresholds
    None: a weight of exactly 0.
    """
    if not weights.classes or targets.kind == "constant":
        return None
    names = ", ".join(weights.classes[:4])
    return Finding(
        message=f"class_weight is 0 for class {names}: rows of it count nothing in the loss",
        strength=0.96,
        evidence=(Evidence("classes of weight 0", len(weights.classes), 0),),
        location=weights.location,
        fix="Compute class weights with a true division: n / (classes * count).",
    )


zero_class_weight.fires_on(RowWeights(classes=("0",)), Targets("binary", "binary", 1, 2, 0, 1, 0.6, 0.4))
zero_class_weight.silent_on(RowWeights((("train", 0.0, 90),)), Targets("binary", "binary", 1, 2, 0, 1, 0.6, 0.4))
