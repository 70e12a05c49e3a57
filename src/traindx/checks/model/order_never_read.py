"""M315."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.findings import Evidence, Finding, NotMeasured, Severity
from traindx.facts.observation import InputUse
from traindx.facts.outcome import Baseline, Outcome, hurt
from traindx.facts.training import InputsRead, Progress, StepSize, unfinished


@check("M315", Severity.WARNING, suggests=(Cause.WRONG_ARCHITECTURE,))
def order_never_read(
    read: InputsRead, outcome: Outcome | None, baseline: Baseline | None, progress: Progress, step: StepSize | None,
    *, change: float = 1e-4, settled: float = 0.05, longer: float = 100.0
) -> Finding | NotMeasured | None:  # fmt: skip
    """The model answers the same wherever things stand: the order of the positions is lost.

    ## Why training fails
    Kernels of one pixel, dense layers on each step, attention without positions, followed by pooling over all places: the
    model sees a bag of pixels or steps. What lies in their arrangement, a shape or a course, cannot be learned.

    ## How it is measured
    With the last weights, on 48 training rows: all positions of an input change places, alike in all rows; the largest
    change of an output over the outputs' spread between rows. Only where a cheap model that knows the places reaches
    more than the network does, whose training had settled and whose steps were not too short.

    ## What to do
    Convolutions with kernels of 3 and more, a recurrent layer, position embeddings, or Flatten instead of global pooling.

    ## Thresholds
    - `change`: float32 sums in another order differ by less than 1e-5 of the spread.
    - `settled`, `longer`: as in `signal-lost-in-layer`.
    """
    if outcome is None or outcome.skill is None or baseline is None or baseline.best is None:
        return NotMeasured("the skill on training rows or of a cheap model is not known")
    found = [u for u in read.uses if u.order is not None and u.order < change]
    if not found or not hurt(outcome, baseline) or outcome.non_finite:
        return None
    if unfinished(progress, step, settled, longer):
        return None
    return Finding(
        message=f"exchanging the {found[0].positions} positions of the input changes no output; the network reaches skill "
        f"{outcome.skill:.2f}, a cheap model that knows the places {baseline.best:.2f}",
        strength=0.8,
        evidence=(Evidence("change of outputs over their spread when positions change places", found[0].order, change),
                  Evidence("skill of a cheap model", baseline.best, outcome.skill)),
        fix="Use kernels of 3 and more, a recurrent layer or position embeddings; Flatten instead of global pooling.",
    )  # fmt: skip


_BAG = InputsRead((InputUse(0, 1, 28, 12, (), 1e-7),))
order_never_read.fires_on(_BAG, Outcome(skill=0.0), Baseline(0.1, 0.7, 400, 0.02), Progress(10, 600, late_drop=0.0), None)
order_never_read.silent_on(_BAG, Outcome(skill=0.8), Baseline(0.1, 0.7, 400, 0.02), Progress(10, 600, late_drop=0.0), None)
order_never_read.silent_on(
    InputsRead((InputUse(0, 1, 28, 12, (), 0.4),)), Outcome(skill=0.0), Baseline(0.1, 0.7, 400, 0.02), Progress(10, 600), None
)
