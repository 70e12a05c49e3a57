"""E147."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.evaluated_own import PiledUp
from traindx.facts.findings import Evidence, Finding, Severity


@check("E147", Severity.ERROR, suggests=(Cause.BROKEN_METRIC,))
def metric_never_reset(piled: PiledUp, *, passes: int = 3, off: float = 0.02) -> Finding | None:
    """A metric of a training loop is read after every epoch and never reset: it shows the mean over all epochs so far.

    ## Why training fails
    It does not: the figure lags behind. Good last epochs are averaged with bad first ones, a model that gets worse seems to
    stand still, and early stopping or the choice of a model by this figure goes wrong.

    ## How it is measured
    Sum and count of a Keras mean (accuracies and losses are means) each time the program asks for its value. It fires where
    the count grows by exactly the rows of a split from reading to reading, and the mean of the last pass alone differs
    from what was read.

    ## What to do
    Call `metric.reset_state()` before each pass over the data.

    ## Thresholds
    - `passes`: a running mean within one pass is read often too, but not rows of a whole split apart.
    - `off`: of the greater of both values; smaller differences change no decision.
    """
    if piled.passes < passes or abs(piled.shown - piled.last) <= off * max(abs(piled.shown), abs(piled.last)):
        return None
    return Finding(
        message=f"{piled.name} shows {piled.shown:.4g}, the mean over {piled.passes} passes of {piled.rows} rows, because nothing "
        f"resets it; the last pass alone gives {piled.last:.4g}",
        strength=0.95,
        evidence=(
            Evidence("passes without a reset", piled.passes, passes),
            Evidence("value of the last pass alone", piled.last),
            Evidence("value that the program read", piled.shown),
        ),
        location=piled.location,
        fix="Call reset_state() on the metric before each pass over the data.",
    )


metric_never_reset.fires_on(PiledUp("val_acc", 20, 450, "test", 0.814, 0.92))
metric_never_reset.silent_on(PiledUp("val_acc", 20, 450, "test", 0.92, 0.921))
metric_never_reset.silent_on(PiledUp("val_acc", 2, 450, "test", 0.814, 0.92))
