"""E128."""

from __future__ import annotations

import math

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.evaluated import ModeGap, StandStill
from traindx.facts.evaluated_own import AveragedWeights
from traindx.facts.findings import Evidence, Finding, NotApplicable, NotMeasured, Severity
from traindx.facts.outcome import Baseline, Outcome, Targets
from traindx.facts.training import Head


@check("E128", Severity.ERROR, suggests=(Cause.LOSS_MISMATCH, Cause.CONSTANT_LOSS))
def loss_falls_unlearned(
    outcome: Outcome, targets: Targets, still: StandStill | None, gap: ModeGap | None, baseline: Baseline | None,
    averaged: AveragedWeights | None = None, head: Head | None = None,
    *, fell: float = 0.9, low: float = 0.2, learned: float = 0.1, attainable: float = 0.5,
) -> Finding | NotApplicable | NotMeasured | None:
    """The loss of a classifier fell to nearly nothing, and it tells no class from another.

    ## Why training fails
    The loss does not ask for the labels: it compares the predictions with themselves, with other targets, or with none.
    Training lowers it all the same.

    ## How it is measured
    Fall of the loss and its last value against skill on the training rows themselves with the last weights, in both
    modes where they differ, and against what a cheap model reaches out of fold.

    ## What to do
    Print the loss for perfect and for wrong predictions: it must be least for the labels. Look for an argument given
    twice or exchanged.

    ## Thresholds
    - `fell`, `low`: the loss lost nine tenths, down to a fifth of log(classes), the cross-entropy of a constant guess;
      whoever guesses cannot be lower by a loss that looks at the labels.
    - `learned`: skill on training rows; within it lies chance on a few hundred rows.
    - `attainable`: skill of the cheap model: the labels can be learned.
    """
    if averaged is not None and averaged.left > 0.1:
        return NotApplicable("the weights left are averages that hold much of the start")
    if head is not None and head.loss == "scce" and not targets.whole_numbers:
        return NotApplicable("a sparse loss cuts these targets to whole numbers: it asks for labels that are none")
    if targets.task not in ("binary", "multi-class"):
        return NotApplicable("targets are not classes")
    if outcome.skill is None or outcome.loss_fell is None or still is None or baseline is None or baseline.best is None:
        return NotMeasured("the loss' course, the skill or a cheap model is missing")
    guess = math.log(max(2, targets.classes))
    if outcome.loss_fell < fell or not 0 <= still.loss < low * guess or outcome.skill > learned:
        return None
    if baseline.best < attainable or gap is not None and gap.training is not None and gap.training > learned:
        return None
    return Finding(
        message=f"the loss fell by {outcome.loss_fell:.0%} to {still.loss:.3g}, yet skill on the same training rows is "
        f"{outcome.skill:.2f}: the loss does not ask for the labels",
        strength=0.93,
        evidence=(
            Evidence("share of the loss that training removed", outcome.loss_fell, fell),
            Evidence("skill on training rows (0 is a constant guess)", outcome.skill, learned),
            Evidence("skill of a cheap model on the same rows, out of fold", baseline.best, attainable),
        ),
        location=still.location,
        fix="Make the loss compare the predictions with the labels of the same rows.",
    )


_LABELS = Targets("classes", "multi-class", 1, 3, 0, 2, 1.0, 0.8)
_LEARNABLE = Baseline(0.9, 0.9, 400, 0.05)
loss_falls_unlearned.fires_on(Outcome(skill=-0.2, loss_fell=0.99), _LABELS, StandStill(320, 320, 0.006), None, _LEARNABLE)
loss_falls_unlearned.silent_on(Outcome(skill=0.9, loss_fell=0.99), _LABELS, StandStill(320, 320, 0.006), None, _LEARNABLE)
loss_falls_unlearned.silent_on(Outcome(skill=-0.2, loss_fell=0.99), _LABELS, StandStill(320, 320, 0.9), None, _LEARNABLE)
