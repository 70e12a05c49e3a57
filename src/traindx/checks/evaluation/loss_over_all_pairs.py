"""E139."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.evaluated_own import PairedLosses
from traindx.facts.findings import Evidence, Finding, Severity


@check("E139", Severity.ERROR, suggests=(Cause.LOSS_SHAPE_BROADCAST,))
def loss_over_all_pairs(losses: PairedLosses, *, same: float = 1e-4, apart: float = 0.01, steps: int = 3) -> Finding | None:
    """The loss of a loop is the mean error over all pairs of rows.

    ## Why training fails
    `y - model(x)` with y of shape (n,) and predictions of shape (n, 1) is a table of shape (n, n): every prediction is
    compared with every target. Its mean is least where all predictions are the mean of the targets.

    ## How it is measured
    At some eager steps the loss that is differentiated is set beside the squared and the absolute error of the same
    outputs and targets, once row by row and once over all pairs. It fires where it is the latter each time.

    ## What to do
    Give both the same shape before they meet: `y[:, None]`, or `tf.squeeze(model(x), -1)`; or use a Keras loss.

    ## Thresholds
    - `same`: relative; float32 sums over some thousand pairs differ by less.
    - `apart`: relative distance from the error row by row, else the two are not told apart.
    - `steps`: looked at, of which all must agree.
    """
    told = [s for s in losses.steps if abs(s[1] - s[2]) > apart * max(s[1], s[2])]
    if len(told) < steps or any(abs(s[0] - s[2]) > same * s[2] for s in told):
        return None
    loss, rows, pairs = told[-1]
    return Finding(
        message=f"the loss of each step, {loss:.4g}, is the mean error over all pairs of rows ({pairs:.4g}); row by row it is "
        f"{rows:.4g}: targets (n,) meet predictions (n, 1)",
        strength=0.97,
        evidence=(
            Evidence("loss of a step", loss, pairs),
            Evidence("error of the same rows, row by row", rows),
            Evidence("steps that agree", len(told), steps),
        ),
        location=losses.location,
        fix="Give both the same shape: y[:, None], or tf.squeeze(model(x), -1), before they are subtracted.",
    )


loss_over_all_pairs.fires_on(PairedLosses(((1.9, 1.5, 1.9), (1.7, 1.3, 1.7), (1.4, 0.9, 1.4))))
loss_over_all_pairs.silent_on(PairedLosses(((1.5, 1.5, 1.9), (1.3, 1.3, 1.7), (0.9, 0.9, 1.4))))
loss_over_all_pairs.silent_on(PairedLosses(((1.9, 1.5, 1.9), (1.3, 1.3, 1.7), (0.9, 0.9, 1.4))))
