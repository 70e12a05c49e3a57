"""M106."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.findings import Evidence, Finding, NotApplicable, Severity
from traindx.facts.outcome import Baseline, Outcome, hurt
from traindx.facts.training import Head


@check("M106", Severity.ERROR, suggests=(Cause.OUTPUT_ACTIVATION, Cause.DEAD_UNITS))
def rectified_scores(
    head: Head, outcome: Outcome | None, baseline: Baseline | None, *, zero: float = 0.3
) -> Finding | NotApplicable | None:
    """The scores of the classes pass a relu before softmax or the loss.

    ## Why training fails
    Scores must be free to fall below 0: that is how a class is ruled out. Behind a relu a class that is once negative
    for all rows has score 0 for ever, gets no gradient, and is never predicted.

    ## How it is measured
    The layer that makes the scores ends in relu; share of its outputs that are 0 on training rows, and of classes whose
    score is 0 on all of them, with the last weights; only where the run misses what a cheap model reaches.

    ## What to do
    Remove the activation of that layer; keep softmax (or `from_logits=True`) after it.

    ## Thresholds
    - `zero`: 30 % of the scores are 0 (or one class is on all rows): far more than ties by chance.
    """
    if head.scores_layer is None:
        return NotApplicable("no relu stands between the scores and the loss")
    if head.scores_zero <= zero and not head.scores_dead or not hurt(outcome, baseline, 0.1):
        return None
    return Finding(
        message=f"layer {head.scores_layer} puts the class scores through relu: {head.scores_zero:.0%} of them are 0, and "
        f"{head.scores_dead:.0%} of the classes on every training row",
        strength=0.9, layer=head.scores_layer, location=head.location,
        evidence=(Evidence("share of scores that are 0", head.scores_zero, zero),
                  Evidence("share of classes whose score is always 0", head.scores_dead, 0.0)),
        fix=f"Remove the relu of layer {head.scores_layer}: scores need both signs before softmax.",
    )  # fmt: skip


def _head(layer: str | None, zero: float) -> Head:
    return Head("softmax", 10, "scce", "", False, 0, 1, 0, 0, 0, 0, 0, 0.1, 1.0, 9, "out", None, None, 0, 1, 1, layer, zero, 0.4)


rectified_scores.fires_on(_head("dense_2", 0.8), Outcome(skill=0.1), None)
rectified_scores.silent_on(_head(None, 0.0), Outcome(skill=0.1), None)
rectified_scores.silent_on(_head("dense_2", 0.8), Outcome(skill=0.95), None)
