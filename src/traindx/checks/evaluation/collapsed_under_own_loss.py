"""E122."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.findings import Evidence, Finding, NotApplicable, Severity
from traindx.facts.outcome import Baseline, Outcome, Targets, hurt
from traindx.facts.training import Head, Movement


@check("E122", Severity.ERROR, suggests=(Cause.LOSS_SHAPE_BROADCAST,))
def collapsed_under_own_loss(
    head: Head, targets: Targets, outcome: Outcome | None, baseline: Baseline | None, movement: Movement | None,
    *, spread: float = 0.1, near: float = 0.25, dead: float = 0.9, kept: float = 0.5
) -> Finding | NotApplicable | None:
    """A loop's own loss drives all predictions to the mean of the targets, whose shape is not that of the predictions.

    ## Why training fails
    `y - model(x)` with y of shape (n,) and predictions of shape (n, 1) is a table of shape (n, n): every prediction is
    compared with every target. Its mean is least where all predictions are the mean of the targets.

    ## How it is measured
    A training loop without a Keras loss, so that the loss itself cannot be called again. Its targets have one axis less
    than its predictions, a cheap model learns them from the same inputs, and the network ended with nearly one value
    for all rows, the mean of the targets: the very minimum of a stretched squared error.

    ## What to do
    Give both the same shape before they meet: `y[:, None]`, or `tf.squeeze(model(x), -1)`; or use a Keras loss.

    ## Thresholds
    - `spread`: of the predictions over that of the targets: a tenth; anything learned shows as more than that.
    - `dead`, `kept`: units that are zero on all rows, or weights that lost half of their norm, make constants too.
    - `near`: distance of the predictions' middle from the targets' mean, in standard deviations of the targets.
    """
    if head.loss != "none" or targets.task != "regression" or targets.rank != 1 or head.units != 1:
        return NotApplicable("no loop with a loss of its own over targets with one axis less than the predictions")
    if outcome is None or outcome.skill is None or abs(outcome.skill) > spread or not hurt(outcome, baseline):
        return None
    if movement is not None and (movement.dead_end > dead or (movement.kept is not None and movement.kept < kept)):
        return None
    middle = (head.predicted_low + head.predicted_high) / 2
    if head.row_spread > spread or abs(middle - targets.mean) > near * targets.spread:
        return None
    return Finding(
        message=f"all predictions ended near the targets' mean ({targets.mean:.3g}); targets have shape (n,), predictions (n, 1), "
        "and the loop's own loss compares them as they are: each prediction with every target",
        strength=0.65, location=head.compile_location,
        evidence=(Evidence("spread of the predictions over that of the targets", head.row_spread, spread),
                  Evidence("axes of the targets", targets.rank, 2)),
        fix="Give both the same shape: y[:, None], or tf.squeeze(model(x), -1), before they are subtracted.",
    )  # fmt: skip


def _head(spread: float, loss: str = "none") -> Head:
    return Head("linear", 1, loss, loss, None, 0, 1, 0, 0, 0, 0, 0, spread, 0.0, None, "out", None, None, -0.05, 0.05)


_Y = Targets("continuous", "regression", 1, 0, -2, 2, 0.0, 1.0)
collapsed_under_own_loss.fires_on(_head(0.01), _Y, Outcome(skill=0.0), Baseline(0.5, 0.4, 400, 0.05), None)
collapsed_under_own_loss.silent_on(_head(0.8), _Y, Outcome(skill=0.5), Baseline(0.5, 0.4, 400, 0.05), None)
collapsed_under_own_loss.silent_on(_head(0.01, "mse"), _Y, Outcome(skill=0.0), Baseline(0.5, 0.4, 400, 0.05), None)
