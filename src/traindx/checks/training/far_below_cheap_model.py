"""T309."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.findings import Evidence, Finding, Severity
from traindx.facts.outcome import Baseline, Outcome, shortfall
from traindx.facts.training import Head, Progress, Structure


@check("T309", Severity.WARNING, suggests=(Cause.UNDERFITTING, Cause.TOO_SMALL_MODEL, Cause.WRONG_ARCHITECTURE))
def far_below_cheap_model(
    head: Head, progress: Progress, structure: Structure | None, outcome: Outcome | None, baseline: Baseline | None,
    *, missed: float = 0.6, settled: float = 0.05, least_steps: int = 100, narrow: int = 4
) -> Finding | None:  # fmt: skip
    """The loss has settled, and the network gives far less on its own training rows than a cheap model out of fold.

    ## Why training fails
    The rows tell their labels, as the cheap model shows, but the network does not take it up. This check does not say
    why: causes that are measured by themselves come before it, and trials tell the rest.

    ## How it is measured
    Skill on the training rows (1 perfect, 0 a constant) against the better of ridge regression and nearest neighbours,
    out of fold, on the same rows. Only with a built-in loss, so that the outputs are predictions of the targets.

    ## What to do
    Look at what the first layers do to the inputs (pooling, cropping, embedding); try more units, and a learning rate ten
    times as high and as low.

    ## Thresholds
    - `missed`: share of the attainable skill. Healthy networks miss at most a third of it; those that settled, a fifth.
    - `settled`: fall of the loss over the last quarter; `least_steps`: fewer updates are too few to judge.
    - `narrow`: hidden units, as in `too-small-model`; then the size is named before the fit.
    """
    lost = shortfall(outcome, baseline)
    if lost is None or lost < missed or baseline is None or baseline.best is None or outcome is None or outcome.skill is None:
        return None
    still = progress.late_drop is None or progress.late_drop > settled
    if head.loss in ("custom", "none") or still or progress.steps < least_steps or outcome.non_finite:
        return None
    small = structure is not None and structure.hidden > 0 and structure.narrowest <= narrow
    return Finding(
        message=f"the loss has settled, but the network reaches skill {outcome.skill:.2f} on its own training rows where a cheap "
        f"model reaches {baseline.best:.2f} on rows that it was not fitted on",
        strength=0.55, location=head.location or head.compile_location,
        evidence=(Evidence("share of the attainable skill that is missed", lost, missed),
                  Evidence("fall of the loss in the last quarter", progress.late_drop, settled)),
        suggests=(Cause.TOO_SMALL_MODEL, Cause.UNDERFITTING, Cause.WRONG_ARCHITECTURE) if small else (Cause.UNDERFITTING,),
        fix="Check what the first layers do to the inputs; widen the model; try learning rates ten times higher and lower.",
    )  # fmt: skip


def _head(loss: str) -> Head:
    return Head("linear", 1, loss, loss, None, -9.0, 9.0, 0, 0, 0, 0, 0, 0.1, 0, None, "dense", None, None, -1, 1)


_DONE, _CHEAP = Progress(40, 2500, late_drop=0.008), Baseline(0.0, 0.98, 2000, 0.02)
far_below_cheap_model.fires_on(_head("mse"), _DONE, None, Outcome(skill=0.04), _CHEAP)
far_below_cheap_model.silent_on(_head("custom"), _DONE, None, Outcome(skill=0.04), _CHEAP)
far_below_cheap_model.silent_on(_head("mse"), _DONE, None, Outcome(skill=0.8), _CHEAP)
far_below_cheap_model.silent_on(_head("mse"), Progress(40, 2500, late_drop=0.2), None, Outcome(skill=0.04), _CHEAP)
