"""T109."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.findings import Evidence, Finding, Severity
from traindx.facts.training import BareLoop


@check("T109", Severity.ERROR, suggests=(Cause.LEARNING_RATE_TOO_HIGH, Cause.UNSCALED_INPUTS, Cause.NUMERICAL_OVERFLOW))
def plain_loop_diverges(loop: BareLoop, *, growth: float = 10.0) -> Finding | None:
    """A hand-written training loop over plain variables diverges.

    ## Why training fails
    Gradient steps longer than two over the curvature (Nesterov 2004) make the loss grow from step to step until it
    overflows.

    ## How it is measured
    The loss of each step: `growth` times the first one at the end, or not finite after growing.

    ## What to do
    Lower the learning rate tenfold, and scale the inputs.

    ## Thresholds
    - `growth`: ten times the first loss, far beyond the noise of batches.
    """
    if "float16" in loop.dtypes or not (loop.grew or loop.first_bad_step is not None):
        return None
    grew = loop.grew
    return Finding(
        message=f"the loss of the loop goes from {loop.first_loss or 0:.3g} to {loop.last_loss or 0:.3g}"
        + (f" and is not finite from step {loop.first_bad_step} on" if loop.first_bad_step is not None else ""),
        strength=0.8 if grew else 0.5, location=loop.location, step=loop.first_bad_step,
        evidence=(Evidence("last finite loss over the first", (loop.last_loss or 0) / (loop.first_loss or 1), growth),),
        suggests=(Cause.LEARNING_RATE_TOO_HIGH, Cause.UNSCALED_INPUTS) if grew else (Cause.NUMERICAL_OVERFLOW,),
        fix="Lower the learning rate tenfold; scale the inputs to unit size.",
    )  # fmt: skip


plain_loop_diverges.fires_on(BareLoop(100, ("float32",), 80, 1.0, 1e30, None, grew=True))
plain_loop_diverges.silent_on(BareLoop(100, ("float32",), None, 1.0, 0.1, None))
