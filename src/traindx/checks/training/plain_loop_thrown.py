"""T112."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.findings import Evidence, Finding, Severity
from traindx.facts.training import BareLoop


@check("T112", Severity.ERROR, suggests=(Cause.LEARNING_RATE_TOO_HIGH,))
def plain_loop_thrown(loop: BareLoop, *, peak: float = 10.0, level: float = 2.0, least_steps: int = 100) -> Finding | None:
    """A hand-written loop over plain variables was thrown away from its start by its first steps and never came back.

    ## Why training fails
    Steps longer than the valley is wide land where the loss is far higher, units are dead and gradients tell nothing.
    Clipping keeps the numbers finite, so that the loss stands still high above the guess that training began with.

    ## How it is measured
    The losses of all steps: their greatest against the first, and the median of the later half against the first.

    ## What to do
    Lower the learning rate tenfold, and again if the loss still leaps in the first steps.

    ## Thresholds
    - `peak`: ten times the first loss, as in `plain-loop-diverges`: far beyond the noise of batches.
    - `level`: twice the first loss in the middle of the later half; a loop that works ends below its first loss, and one
      that learns nothing ends beside it. Losses below 0 are no errors, and are left alone.
    - `least_steps`: fewer steps have no later half to speak of.
    """
    first = loop.first_loss
    if first is None or loop.peak is None or loop.level is None or loop.least is None or loop.steps < least_steps:
        return None
    if loop.grew or loop.least < 0 or first <= 0 or loop.peak < peak * first or loop.level < level * first:
        return None
    return Finding(
        message=f"the loss of the loop leapt from {first:.3g} to {loop.peak:.3g} and has stood at {loop.level:.3g} since",
        strength=0.85, location=loop.location,
        evidence=(Evidence("greatest loss over the first", loop.peak / first, peak),
                  Evidence("median loss of the later half over the first", loop.level / first, level)),
        fix="Lower the learning rate tenfold.",
    )  # fmt: skip


plain_loop_thrown.fires_on(BareLoop(960, ("float32",), None, 1.9, 11.2, None, peak=770.0, least=1.8, level=14.0))
plain_loop_thrown.silent_on(BareLoop(960, ("float32",), None, 1.9, 0.05, None, peak=1.9, least=0.03, level=0.04))
plain_loop_thrown.silent_on(BareLoop(960, ("float32",), None, 0.7, 2.1, None, peak=4.0, least=0.1, level=1.9))
