"""E120."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.evaluated import StandStill
from traindx.facts.findings import Evidence, Finding, Severity


@check("E120", Severity.ERROR, suggests=(Cause.CONSTANT_LOSS,))
def loss_stands_still(still: StandStill, *, least: int = 8) -> Finding | None:
    """Every batch gives a loss of exactly zero, and no weight ever moved.

    ## Why training fails
    A loss that is flat where the model stands (a hinge whose margin is met by everything, a clipped term, a product
    with zero) has no gradient, so the first step is the last.

    ## How it is measured
    The losses of single steps over the whole training, and the way of every trainable weight from its start. Different
    batches give different losses unless the loss does not look at them. Only a loss of zero counts: a dead network
    gives one loss for all batches too, but not zero. In float16 small losses vanish: another check says so.

    ## What to do
    Print the terms of the loss before a hinge, clip or mask is applied; mind signs and margins.

    ## Thresholds
    - `least`: steps seen; few may be alike by chance.
    """
    if still.seen < least or still.values != 1 or still.loss != 0 or still.half:
        return None
    if (still.moved or 0) > 0 or (still.moved is None and (still.kind != "loop" or still.own_step)):
        return None
    way = "no weight moved" if still.moved is not None else "it had been so from the first step on"
    return Finding(
        message=f"all {still.seen} steps gave a loss of exactly 0, and {way}",
        strength=0.93 if still.moved is not None else 0.8,
        evidence=(
            Evidence(f"distinct losses in {still.seen} steps", still.values, 1),
            Evidence("greatest relative way of a weight", "unknown" if still.moved is None else still.moved, 0.0),
        ),
        location=still.location,
        fix="Make the loss depend on the predictions where the model stands: check margin, clip, mask and signs.",
    )


loss_stands_still.fires_on(StandStill(500, 1, 0.0, 0.0))
loss_stands_still.silent_on(StandStill(500, 1, 0.667, 0.0))
loss_stands_still.silent_on(StandStill(500, 1, 0.0, 0.0, half=True))
loss_stands_still.fires_on(StandStill(500, 1, 0.0, None, kind="loop"))
loss_stands_still.silent_on(StandStill(500, 1, 0.0, 0.4))
