"""T303."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.findings import Evidence, Finding, Severity
from traindx.facts.outcome import Baseline, Outcome, hurt
from traindx.facts.steps import UpdateRatio


@check("T303", Severity.WARNING, suggests=(Cause.LEARNING_RATE_TOO_HIGH, Cause.EXPLODING_GRADIENTS))
def updates_replace_weights(
    update: UpdateRatio, outcome: Outcome | None, baseline: Baseline | None, *, ratio: float = 0.1,
    usual_rate: float = 2.0
) -> Finding | None:
    """Each step replaces a good part of the weights, and nothing is learned.

    ## Why training fails
    A step that moves a kernel by a tenth of its own size undoes what the ten steps before it have learned: the
    network is thrown about instead of trained.

    ## How it is measured
    Norm of the update over the greatest norm of the kernel in the run, at the sampled steps: the median over the
    kernels of the median over the first third of the samples, and of the last. Only where the run misses what a cheap
    model reaches.

    ## What to do
    Lower the learning rate by a factor of 10 or more; a typical healthy ratio is 1/1000 (Karpathy, CS231n notes).

    ## Thresholds
    - `ratio`: 0.1, a hundred times the usual; healthy runs with Adam at its default stay below 0.02 after the start.
    - `usual_rate`: with plain SGD at up to twice its default rate, long updates come from large gradients.
    """
    if not hurt(outcome, baseline) or update.samples < 4 or (outcome is not None and outcome.non_finite):
        return None  # where numbers stopped being finite, non-finite-values tells the steps apart from the gradients
    worst = max(update.early, update.late)
    if not worst > ratio:
        return None
    usual = update.rate_over_default is not None and update.rate_over_default <= usual_rate
    plain = update.optimizer == "SGD"  # its updates are as large as its gradients
    causes = (Cause.LEARNING_RATE_TOO_HIGH, Cause.EXPLODING_GRADIENTS)
    when = "still at the end" if update.late > ratio else "at the start"
    return Finding(
        message=f"one step moves the kernels by {worst:.0%} of their size {when} (learning rate {update.rate:.3g})",
        strength=min(0.9, 0.6 + worst / 3), location=update.location,  # type: ignore[arg-type]
        evidence=(Evidence("update over weights, first third of the run", update.early, ratio),
                  Evidence("update over weights, last third of the run", update.late, ratio),
                  Evidence("learning rate over the optimizer's default", update.rate_over_default)),
        suggests=causes[::-1] if usual and plain else causes[:1],
        fix="Clip the gradients (clipnorm=1.0) and lower the learning rate." if usual and plain else "Lower the learning rate by a factor of 10.",  # noqa: E501
    )  # fmt: skip


_WILD = UpdateRatio(0.6, 0.3, 0.5, "dense", 90.0, 300, 0.5, 500.0, "Adam", samples=20)
updates_replace_weights.fires_on(_WILD, Outcome(skill=0.0), None)
updates_replace_weights.silent_on(_WILD, Outcome(skill=0.95), None)
updates_replace_weights.silent_on(
    UpdateRatio(0.01, 0.002, 0.003, "dense", 0.9, 300, 0.001, 1.0, "Adam", samples=20), Outcome(skill=0.0), None
)
