"""E108."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.evaluated import LossOnTrial
from traindx.facts.evaluation import LossTrial, OutputTrial, StepTrial
from traindx.facts.findings import Evidence, Finding, Severity


@check("E108", Severity.ERROR, suggests=(Cause.LOSS_MISMATCH, Cause.CONSTANT_LOSS))
def loss_ignores_rows(loss: LossOnTrial, *, rows: float = 0.3, columns: float = 0.0) -> Finding | None:
    """The loss looks only at some rows or columns of the batch, by their position.

    ## Why training fails
    A slice in the loss (`y_pred[0]`, `[:, 0]`) leaves the rest without gradient; it is learned slowly or not at all.

    ## How it is measured
    Which positions get a gradient neither from the predictions nor from other ones, and still none when the batch is
    moved on by a fifth four times: masks and clipped rows take their silence along, slices stay.
    Columns likewise, where exchanging the targets of the column among rows changes nothing either. The loss of a step of
    the program's own is looked at in a twin of that step, whose outputs are replaced; where each step gets the same
    rows, a position is a row, and rows may be left out on purpose.

    ## What to do
    Take means over all rows and columns (`axis=-1` for each row, the reduction does the rest).

    ## Thresholds
    - `rows`: share of positions; a remainder of a window may be small.
    - `columns`: any column with targets of its own counts.
    """
    for trial in loss.of("training"):
        if not trial.gradient:
            continue
        if trial.ignored_rows > rows:
            return _found(loss, "rows", trial.ignored_rows, rows, 0.9)
        if trial.ignored_columns > columns and trial.columns > 1:
            return _found(loss, "columns", trial.ignored_columns, columns, 0.85)
    for output in loss.step.outputs if loss.step is not None else ():
        if output.gradient and output.ignored_rows > rows:
            return _found(loss, "rows", output.ignored_rows, rows, 0.9)
        if output.gradient and output.ignored_columns > columns:
            return _found(loss, "columns", output.ignored_columns, columns, 0.85)
    return None


def _found(loss: LossOnTrial, what: str, share: float, limit: float, strength: float) -> Finding:
    return Finding(
        message=f"the loss ignores {share:.0%} of the {what} of every batch",
        strength=strength,
        evidence=(Evidence(f"share of {what} without influence on the loss", share, limit),),
        location=loss.location,
        fix=f"Let the loss cover all {what}: look for an index or slice in it.",
    )


loss_ignores_rows.fires_on(LossOnTrial((LossTrial(gradient=1.0, ignored_rows=0.9),)))
loss_ignores_rows.fires_on(LossOnTrial((LossTrial(gradient=1.0, ignored_columns=0.5, columns=4),)))
loss_ignores_rows.silent_on(LossOnTrial((LossTrial(gradient=1.0, ignored_rows=0.0, columns=4),)))
loss_ignores_rows.fires_on(LossOnTrial(step=StepTrial(outputs=(OutputTrial(gradient=1.0, ignored_rows=0.99),))))
loss_ignores_rows.silent_on(LossOnTrial(step=StepTrial(outputs=(OutputTrial(gradient=1.0),))))
