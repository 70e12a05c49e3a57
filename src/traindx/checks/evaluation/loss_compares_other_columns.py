"""E131."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.evaluated import LossOnTrial
from traindx.facts.evaluation import LossTrial
from traindx.facts.findings import Evidence, Finding, Severity


@check("E131", Severity.ERROR, suggests=(Cause.LOSS_MISMATCH,))
def loss_compares_other_columns(loss: LossOnTrial, *, share: float = 0.0) -> Finding | None:
    """The loss compares outputs with the targets of other columns.

    ## Why training fails
    A slice that is off by one (`y_true[:, 2:6]` beside `y_pred[:, 3:7]`) teaches each output its neighbour's target. The
    loss falls as it should; the predictions are right in the wrong places.

    ## How it is measured
    The targets of one column at a time are exchanged among rows. The gradient by an output moves where the loss compares
    the two. Columns that hear one other column and not their own, all by the same distance, while a target like theirs is
    heard by nobody, are compared wrongly. Outputs in another order than the targets use every target and are left alone.

    ## What to do
    Take the same slice of `y_true` and `y_pred`.

    ## Thresholds
    - `share`: of the columns; any counts, since each is checked on its own.
    """
    for trial in loss.of("training"):
        if trial.shifted > share:
            count = round(trial.shifted * trial.columns)
            return Finding(
                message=f"the loss compares {count} of {trial.columns} outputs with the targets {abs(trial.shift)} "
                f"column{'s' if abs(trial.shift) > 1 else ''} {'before' if trial.shift < 0 else 'after'} their own",
                strength=0.95,
                evidence=(
                    Evidence("share of outputs compared with other columns' targets", trial.shifted, share),
                    Evidence("columns between output and target", trial.shift, 0),
                ),
                location=loss.location,
                fix="Take the same slice of y_true and y_pred.",
            )
    return None


loss_compares_other_columns.fires_on(LossOnTrial((LossTrial(columns=7, shifted=4 / 7, shift=-1),)))
loss_compares_other_columns.silent_on(LossOnTrial((LossTrial(columns=7),)))
