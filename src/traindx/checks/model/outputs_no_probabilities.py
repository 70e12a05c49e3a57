"""M103."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.findings import Evidence, Finding, NotApplicable, Severity
from traindx.facts.outcome import Baseline, Outcome, hurt
from traindx.facts.training import Head

PROBABILISTIC = {"bce", "cce", "scce", "bce_focal", "cce_focal", "kld"}


@check("M103", Severity.ERROR, suggests=(Cause.OUTPUT_ACTIVATION, Cause.LOSS_MISMATCH))
def outputs_no_probabilities(
    head: Head, outcome: Outcome | None, baseline: Baseline | None, *, outside: float = 0.01
) -> Finding | NotApplicable | None:
    """The loss wants probabilities, but the output layer gives other numbers.

    ## Why training fails
    Cross-entropy takes the logarithm of probabilities. Keras clips what lies outside (0, 1) and rescales rows that do
    not add up to 1: clipped values have no gradient, negative ones make the loss NaN or meaningless.

    ## How it is measured
    Share of the outputs on training rows, with the first and the last weights, that lie outside [0, 1], where the
    loss was compiled for probabilities (`from_logits` is not set).

    ## What to do
    End with softmax (one unit per class) or sigmoid (one unit), or keep the linear output and give the loss
    `from_logits=True`.

    ## Thresholds
    - `outside`: 1 % of the outputs. Probabilities are never outside; rounding explains 1e-6.
    """
    if head.loss not in PROBABILISTIC or head.from_logits:
        return NotApplicable("the loss does not take probabilities")
    if head.activation in ("softmax", "sigmoid", "hard_sigmoid") and not (outcome and outcome.non_finite):
        return NotApplicable("the output layer gives probabilities")
    worst = max(head.outside, head.outside_start)
    open_ended = head.activation in ("relu", "linear", "tanh", "elu", "selu", "leaky_relu", "softplus", "relu6")
    if worst <= outside and not (open_ended and outcome is not None and outcome.non_finite):
        return None
    bad = hurt(outcome, baseline) or outcome is None
    return Finding(
        message=f"{head.loss_name} takes probabilities, but the {head.activation} output gave "
        f"{worst:.0%} values outside [0, 1] ({head.predicted_low:.3g} to {head.predicted_high:.3g})",
        strength=0.9 if bad else 0.3, evidence=(Evidence("share of outputs outside [0, 1]", worst, outside),),
        layer=head.layer, location=head.location, severity=None if bad else Severity.NOTE,
        fix="End with softmax (one unit per class) or sigmoid (one unit), or pass from_logits=True to the loss.",
    )  # fmt: skip


def _head(activation: str, outside: float, logits: bool = False) -> Head:
    return Head(activation, 3, "cce", "cce", logits, 0, 1, 0, outside, outside, 0, 0, 0.1, 0.0, None, "out", None, None, -3, 9)


outputs_no_probabilities.fires_on(_head("relu", 0.4), Outcome(non_finite=True), None)
outputs_no_probabilities.silent_on(_head("softmax", 0.0), Outcome(skill=0.1), None)
outputs_no_probabilities.silent_on(_head("linear", 0.4, logits=True), Outcome(skill=0.1), None)
