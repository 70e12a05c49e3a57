"""M204."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.findings import Evidence, Finding, Severity
from traindx.facts.outcome import Baseline, Outcome, hurt
from traindx.facts.training import Movement


@check("M204", Severity.WARNING, suggests=(Cause.SATURATING_ACTIVATIONS,))
def saturated_units(
    movement: Movement, outcome: Outcome | None, baseline: Baseline | None, *, saturated: float = 0.8
) -> Finding | None:
    """Nearly all outputs of a hidden layer sit in the flat ends of its activation.

    ## Why training fails
    In the flat ends of sigmoid, tanh or hard_sigmoid the derivative is next to nothing: the layer passes no gradient
    to those before it.

    ## How it is measured
    Share of a hidden layer's outputs on training rows where the activation's derivative is below 8 % of its greatest,
    with the first and with the last weights; only where the run misses what a cheap model reaches.

    ## What to do
    Scale the inputs, use smaller initial weights, or relu-like activations.

    ## Thresholds
    - `saturated`: 80 % of the outputs (SageMaker Debugger's rule takes half; trained tanh networks that work reach it).
    """
    worst = max(movement.saturated_start, movement.saturated_end)
    if worst <= saturated or not hurt(outcome, baseline):
        return None
    when = "from the start" if movement.saturated_start > saturated else "at the end"
    return Finding(
        message=f"{worst:.0%} of the outputs of layer {movement.saturated_layer} are saturated {when}", strength=0.6,
        evidence=(Evidence("share of saturated outputs", worst, saturated),), layer=movement.saturated_layer,
        fix="Scale the inputs to unit size, or use relu in the hidden layers.",
    )  # fmt: skip


saturated_units.fires_on(Movement(3, saturated_start=0.95, saturated_end=0.97, saturated_layer="dense"), Outcome(skill=0.0), None)
saturated_units.silent_on(Movement(3, saturated_start=0.95, saturated_end=0.97), Outcome(skill=0.95), None)
