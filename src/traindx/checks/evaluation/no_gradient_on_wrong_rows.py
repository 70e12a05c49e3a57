"""E105."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.evaluated import LossOnTrial
from traindx.facts.evaluation import LossTrial
from traindx.facts.findings import Evidence, Finding, Severity


@check("E105", Severity.ERROR, suggests=(Cause.LOSS_MISMATCH, Cause.OUTPUT_ACTIVATION))
def no_gradient_on_wrong_rows(
    loss: LossOnTrial, *, share: float = 0.2, of_wrong: float = 0.5, learned: float = 0.5
) -> Finding | None:
    """Rows that are predicted wrongly get no gradient from the loss.

    ## Why training fails
    The loss clips what it cannot take (a probability below 0 or above 1) and says nothing about these rows, so the
    model cannot leave them.

    ## How it is measured
    The gradient of the loss with respect to each row's prediction, at the predictions with the last weights, on rows
    whose prediction is wrong. Outputs whose hidden logits Keras uses instead are left out.

    ## What to do
    Let the output's activation give what the loss takes: sigmoid or softmax for probabilities, or `from_logits=True`.

    ## Thresholds
    - `share`: of all rows; single saturated rows are usual.
    - `of_wrong`: of the wrong rows.
    - `learned`: skill above which they do not matter, unless they are all the wrong rows.
    """
    if loss.inverted and not loss.accuracy_fails:
        return None  # a distance: what looks wrong is right
    for trial in loss.of("training"):
        if trial.hidden_logits or trial.ignored_rows > 0.3 or trial.stuck < max(share, of_wrong * trial.wrong):
            continue
        every = trial.stuck >= 0.9 * trial.wrong  # then they can only get right by chance
        if loss.skill is not None and loss.skill > learned and not every:
            continue
        return Finding(
            message=f"{trial.stuck:.0%} of the rows are wrong and get no gradient: the loss clips their predictions",
            strength=0.9,
            evidence=(
                Evidence("share of rows predicted wrongly without any gradient", trial.stuck, share),
                Evidence("share of rows predicted wrongly", trial.wrong),
            ),
            location=loss.location,
            fix="Let the output give what the loss takes: sigmoid or softmax for probabilities, or from_logits=True.",
        )
    return None


no_gradient_on_wrong_rows.fires_on(LossOnTrial((LossTrial(gradient=1.0, stuck=0.6, wrong=0.9),), skill=0.0))
no_gradient_on_wrong_rows.silent_on(LossOnTrial((LossTrial(gradient=1.0, stuck=0.0, wrong=0.9),), skill=0.0))
