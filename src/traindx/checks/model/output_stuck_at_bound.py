"""M104."""

from __future__ import annotations

import math

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.findings import Evidence, Finding, NotApplicable, Severity
from traindx.facts.outcome import Baseline, Outcome, Targets, hurt
from traindx.facts.training import Head


@check("M104", Severity.ERROR, suggests=(Cause.OUTPUT_ACTIVATION,))
def output_stuck_at_bound(
    head: Head, targets: Targets, outcome: Outcome | None, baseline: Baseline | None,
    *, stuck: float = 0.2, units: float = 0.03, missed: float = 0.05
) -> Finding | NotApplicable | None:
    """Outputs sit exactly on the bound of their activation, where no gradient flows, and the targets do not.

    ## Why training fails
    A relu output that is negative inside gives exactly 0 and gets no gradient; softmax over one unit is always
    exactly 1. Such outputs do not move again, whatever the loss says.

    ## How it is measured
    Share of the predictions on training rows that equal the activation's bound exactly, with the last weights, less
    the share of targets that a constant at that bound would fit; only where the run misses what a cheap model reaches.

    ## What to do
    End a regression with a linear layer; end a classifier with softmax over one unit per class, or with one sigmoid.

    ## Thresholds
    - `stuck`: share of predictions. A fifth: the same share of the rows is out of the loss's reach.
    - `units`: share of the targets' variance in output units that are at the bound for every row; `missed`: share of what
      a cheap model reaches. Such units are lost for good, and their share of the variance with them.
    """
    if math.isinf(head.low) and math.isinf(head.high):
        return NotApplicable("the output has no bound")
    if head.activation in ("sigmoid", "tanh", "hard_sigmoid", "softsign") and not hurt(outcome, baseline):
        return None
    if head.activation == "softmax" and head.units == 1:
        return Finding(
            message="softmax over a single unit is always 1: every prediction is the same",
            strength=0.97, evidence=(Evidence("spread of predictions over spread of targets", head.row_spread, 0.0),),
            layer=head.layer, location=head.location,
            fix="Use sigmoid for one output unit (or one unit per class with softmax); linear for a regression.",
        )  # fmt: skip
    if head.activation == "softmax":
        return None
    if head.activation in ("relu", "relu6") and head.floored > units and head.target_units > 1 and hurt(outcome, baseline, missed):
        return _floored(head, units)
    share = max(head.at_low, head.at_high)
    natural = targets.share if targets.kind in ("binary", "one-hot", "multi-hot", "constant") else 0.0
    if head.activation not in ("relu", "relu6") or share - natural <= stuck or not hurt(outcome, baseline):
        return None
    return Finding(
        message=f"{share:.0%} of the predictions are exactly {head.low:g}, the floor of the {head.activation} output, "
        "where no gradient flows back",
        strength=min(0.95, 0.6 + 0.4 * share), evidence=(Evidence("share of predictions at the bound", share, stuck),),
        layer=head.layer, location=head.location,
        fix="Remove the activation of the output layer (linear), or use softmax/sigmoid for classes.",
    )  # fmt: skip


def _floored(head: Head, units: float) -> Finding:
    return Finding(
        message=f"output units with {head.floored:.0%} of the targets' variance give {head.low:g} for every row: the "
        f"{head.activation} output lets no gradient through there",
        strength=0.8, evidence=(Evidence("share of the targets' variance in units at the bound", head.floored, units),),
        layer=head.layer, location=head.location,
        fix="End with a linear or sigmoid layer: relu units that start below zero never come back.",
    )  # fmt: skip


def _head(activation: str, units: int, low: float) -> Head:
    return Head(activation, units, "mse", "mse", None, 0, math.inf, 0, 0, 0, low, 0, 0.0, 0.0, None, "out", None, None, 0, 0)


_CURVE = Targets("continuous", "regression", 1, 0, 0, 9, 4, 2)
output_stuck_at_bound.fires_on(_head("relu", 1, 0.9), _CURVE, Outcome(skill=-0.2), None)
output_stuck_at_bound.fires_on(_head("softmax", 1, 0.0), _CURVE, None, None)
output_stuck_at_bound.silent_on(_head("relu", 1, 0.01), _CURVE, Outcome(skill=0.9), None)
