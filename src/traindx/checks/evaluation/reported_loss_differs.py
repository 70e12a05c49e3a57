"""E109."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.evaluated import Reported
from traindx.facts.findings import Evidence, Finding, Severity


@check("E109", Severity.ERROR, suggests=(Cause.BROKEN_METRIC,))
def reported_loss_differs(reported: Reported, *, zero: float = 1e-7, real: float = 1e-4) -> Finding | None:
    """Keras reports a loss of zero although the loss is not zero.

    ## Why training fails
    The model may well learn; the number that decisions, early stopping and checkpoints follow is wrong.

    ## How it is measured
    The loss logged in every epoch beside the loss recomputed on sampled rows with the last weights: by the tape of the
    program's own `train_step`, else by the compiled loss. A tracker that nobody updates logs exactly 0.

    ## What to do
    In a `train_step` or `test_step` of your own update the tracker: `self._loss_tracker.update_state(loss)`, or keep a
    `keras.metrics.Mean` of your own, list it in `metrics` and return its result.

    ## Thresholds
    - `zero`: greatest logged value that counts as never updated.
    - `real`: least recomputed loss that is certainly not zero.
    """
    for name, _, largest, again in reported.losses:
        if largest <= zero and abs(again) > real and reported.moved and reported.steps:
            return Finding(
                message=f"{name} is logged as 0 in every epoch, but is {again:.4g} on the sampled rows",
                strength=0.95,
                evidence=(
                    Evidence(f"greatest {name} logged", largest, zero),
                    Evidence(f"{name} recomputed with the last weights", again, real),
                ),
                location=reported.location,
                fix="Update the loss tracker in your own step and return its result.",
            )
    return None


reported_loss_differs.fires_on(Reported((("loss", 0.0, 0.0, 0.5),), steps=100))
reported_loss_differs.silent_on(Reported((("loss", 0.48, 1.4, 0.5),), steps=100))
