"""E129."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.evaluated import StandStill
from traindx.facts.findings import Evidence, Finding, NotMeasured, Severity
from traindx.facts.training import Head, Structure


@check("E129", Severity.ERROR, suggests=(Cause.CONSTANT_LOSS, Cause.LOSS_MISMATCH, Cause.DISCONNECTED_LAYERS))
def no_weight_moves(
    still: StandStill, head: Head | None, structure: Structure | None, *, least: int = 20, rate: float = 1e-6, alive: float = 0.01
) -> Finding | NotMeasured | None:
    """No weight moved in the whole training, although the outputs differ from row to row.

    ## Why training fails
    The gradient is exactly zero everywhere: the loss does not depend on the predictions (a sum over one unit divided by
    itself is always 1, an argmax or a comparison has no slope), so the optimizer has nothing to do.

    ## How it is measured
    The way of every trainable weight from its start, the learning rate, and how far the predictions differ between
    rows: a network whose units are all dead or saturated gives one value.

    ## What to do
    Differentiate the loss by hand for one batch: look for a division by itself, argmax, round, a clip or a comparison.

    ## Thresholds
    - `least`: steps seen.
    - `rate`: below it a step may be lost in rounding (float32 has 7 digits).
    - `alive`: spread of the predictions between rows over that of the targets.
    """
    if still.moved is None or head is None or structure is None:
        return NotMeasured("the weights before and after, or the outputs, are missing")
    if still.moved > 0 or still.seen < least or still.values < 2 or still.half or structure.trainable == 0:
        return None
    if still.rate is None or still.rate < rate or (still.gradient or 0.0) > 0:
        return None
    if not head.row_spread > alive or head.at_low + head.at_high > 0.5:
        return None
    return Finding(
        message=f"no trainable weight moved in {still.seen} steps, although the outputs differ from row to row: the loss "
        "does not depend on the predictions",
        strength=0.93,
        evidence=(
            Evidence("greatest relative way of a weight", still.moved, 0.0),
            Evidence("spread of the predictions over that of the targets", head.row_spread, alive),
            Evidence("learning rate", still.rate, rate),
        ),
        location=still.location,
        fix="Make the loss depend smoothly on the predictions: look for a division by itself, argmax, round or a comparison.",
    )


def _head(spread: float) -> Head:
    return Head("sigmoid", 1, "custom", "custom", None, 0, 1, 0, 0, 0, 0, 0, spread, 0.0, None, "out", None, None, 0.1, 0.9)


_NET = Structure(2, 0, False, 16, 400, 400, 0, False, None, "Dense")
no_weight_moves.fires_on(StandStill(500, 480, 8.1, 0.0, None, 1e-3), _head(0.3), _NET)
no_weight_moves.silent_on(StandStill(500, 480, 8.1, 0.2, None, 1e-3), _head(0.3), _NET)
no_weight_moves.silent_on(StandStill(500, 480, 8.1, 0.0, None, 1e-3), _head(0.0), _NET)
