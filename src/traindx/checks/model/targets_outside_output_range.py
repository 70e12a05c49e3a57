"""M101."""

from __future__ import annotations

import math

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.findings import Evidence, Finding, NotApplicable, Severity
from traindx.facts.outcome import Baseline, Outcome, Targets, hurt
from traindx.facts.training import Head


@check("M101", Severity.ERROR, suggests=(Cause.OUTPUT_ACTIVATION, Cause.LABEL_RANGE, Cause.OUTPUT_UNITS))
def targets_outside_output_range(
    head: Head, targets: Targets, outcome: Outcome | None, baseline: Baseline | None, *, unreachable: float = 0.05
) -> Finding | NotApplicable | None:
    """The targets lie where the output's activation cannot reach.

    ## Why training fails
    A sigmoid ends in (0, 1), tanh in (-1, 1), relu at 0 and above, and softmax outputs add up to 1. Targets beyond can
    never be fitted: the output saturates at its bound, its gradient vanishes, and the loss stays.

    ## How it is measured
    Regression: every training target is moved to the nearest value the activation can give; what is left over, as a
    share of the targets' variance, is the error that no training can remove. Classes given as numbers to one
    sigmoid: the share of rows whose label is neither 0 nor 1.

    ## What to do
    Regression: end with a linear layer, or scale the targets into the activation's range. Classes: one output unit
    per class with softmax and sparse categorical cross-entropy.

    ## Thresholds
    - `unreachable`: share of the variance (of the rows) out of reach. 5 %: the coefficient of determination can then
      not pass 0.95, more than a choice of model usually moves it; a single clipped outlier stays below.
    """
    if math.isinf(head.low) and math.isinf(head.high):
        return NotApplicable("the output can take any value")
    if targets.kind == "signed" and head.activation == "tanh":
        return None
    if targets.kind == "constant" and head.loss == "scce":
        return None  # the number of one class
    single = head.units == 1
    classes = targets.task == "multi-class" and targets.kind in ("classes", "binary")
    if classes and not single:
        return None
    lost = head.unreachable
    if targets.task == "regression" and head.activation == "softmax" and head.sum_one > 0.99:
        lost = max(lost, 1.0 if single else _sum_lost(targets))
    if lost <= unreachable:
        return None
    two = classes and targets.classes == 2
    shares = head.loss in ("bce", "bce_focal") and (targets.minimum >= 0 or targets.kind == "signed")  # the loss says [0, 1]
    causes = (
        (Cause.LABEL_RANGE, Cause.OUTPUT_UNITS)
        if two
        else (Cause.OUTPUT_UNITS, Cause.LABEL_RANGE, Cause.LOSS_MISMATCH)
        if classes and single
        else (Cause.LABEL_RANGE, Cause.OUTPUT_ACTIVATION)
        if shares
        else (Cause.OUTPUT_ACTIVATION, Cause.LABEL_RANGE)
    )
    bad = hurt(outcome, baseline) or lost > 0.5 or outcome is None
    unit = "rows" if classes else "the targets' variance"
    return Finding(
        message=f"the {head.activation} output stays between {head.low:g} and {head.high:g}, but targets reach from "
        f"{targets.minimum:g} to {targets.maximum:g}: {lost:.0%} of {unit} cannot be fitted",
        strength=min(0.95, 0.6 + lost / 2),
        evidence=(Evidence(f"share of {unit} out of reach", lost, unreachable),),
        layer=head.layer, location=head.location, suggests=causes, severity=None if bad else Severity.WARNING,
        fix="Number the two classes 0 and 1." if two
        else f"Give one output unit per class ({targets.classes}) with softmax and sparse categorical cross-entropy."
        if classes else f"Divide the targets by {targets.maximum:g}: binary cross-entropy compares with targets from 0 to 1."
        if shares else "Use a linear output (no activation) for this regression, or scale the targets into its range.",
    )  # fmt: skip


def _sum_lost(targets: Targets) -> float:
    """Softmax outputs add up to 1; rows of targets whose mean sum is far from 1 cannot."""
    return 1.0 if abs(targets.mean * targets.units - 1.0) > 0.1 else 0.0


def _head(activation: str, low: float, high: float, lost: float, units: int = 1) -> Head:
    return Head(activation, units, "mse", "mse", False, low, high, lost, 0, 0, 0, 0, 0.1, 0.0, None, "out", None, None, 0, 1)


_WIDE = Targets("continuous", "regression", 1, 0, 3, 103, 40, 25)
targets_outside_output_range.fires_on(_head("sigmoid", 0, 1, 1.0), _WIDE, None, None)
targets_outside_output_range.fires_on(
    _head("sigmoid", 0, 1, 0.33), Targets("classes", "multi-class", 1, 3, 0, 2, 1, 0.8, whole_numbers=True), None, None
)
targets_outside_output_range.fires_on(
    _head("sigmoid", 0, 1, 0.38), Targets("classes", "multi-class", 1, 2, 1, 2, 1.4, 0.5, whole_numbers=True), None, None
)
targets_outside_output_range.silent_on(_head("sigmoid", 0, 1, 0.0), Targets("binary", "binary", 1, 2, 0, 1), None, None)
targets_outside_output_range.silent_on(_head("relu", 0, math.inf, 0.0), _WIDE, None, None)
