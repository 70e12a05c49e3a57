"""D122."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.data_labels import SingleColumn
from traindx.facts.findings import Evidence, Finding, Severity


@check("D122", Severity.WARNING, suggests=(Cause.TARGET_LEAKAGE,))
def label_in_inputs(
    column: SingleColumn, *, left: float = 0.03, ratio: float = 5.0, others: float = 0.1, elsewhere: float = 0.5,
    alone: float = 0.95,
) -> Finding | None:
    """One input column gives the label away.

    ## Why training fails
    The model leans on a column that is made from the label or after it, and that will not be there, or be empty, when
    it is to predict: scores are excellent and worthless.

    ## How it is measured
    Share of the label's variance that each column leaves unexplained by itself (means in up to 64 quantile bins, and ridge
    with a radial kernel, leave-one-out), against what all other columns leave together. Strong but ordinary features
    have company: others come close to them. Where rows stand in time order, a column that follows the target of an
    earlier row more closely than that of its own is the last known value, as in every forecast, and no leak. A number
    that names groups of rows gives their labels too, but not those of held-out groups.

    ## What to do
    Ask when the column is known. If only after the event, drop it; if before, it is the model.

    ## Thresholds
    - `left`: variance that the column alone may leave unexplained, and that of one wrong label (4 / rows) more; a third of it
      where the label is a number, for what is made from a number leaves its rounding, and one driver of a task leaves more.
    - `ratio`: how many times more the other columns together leave.
    - `others`: variance that they leave at least (half of it where the column leaves less than a tenth of `left`).
    - `alone`: where the other columns know nothing of a number, one driver may be the task itself (a wind turbine's power
      and the wind); it is taken for the label only where it leaves less than a tenth of `left`.
    - `elsewhere`: variance of held-out labels that the same relation may leave.
    """
    enough = others if column.alone > left / 10 else others / 2
    if not column.classes and column.alone > (left / 10 if column.others > alone else left / 3):
        return None
    if column.earlier or column.alone > left + 4 / column.rows or column.others < max(enough, ratio * column.alone):
        return None
    if column.elsewhere is not None and column.elsewhere > elsewhere:
        return None
    return Finding(
        message=f"column {column.name} alone gives the label ({1 - column.alone:.1%} of its variance); all other "
        f"{column.columns - 1} columns together {max(0.0, 1 - column.others):.0%}",
        strength=min(0.95, 0.7 + 0.25 * min(1.0, column.others)),
        evidence=(
            Evidence("label variance that the column leaves unexplained", column.alone, left),
            Evidence("variance that all others leave", column.others, others),
        ),
        column=column.name,
        fix=f"Drop column {column.name} unless its value is known before the label is.",
    )


label_in_inputs.fires_on(SingleColumn(600, 8, "recovery_fees", 0.01, 0.85))
label_in_inputs.silent_on(SingleColumn(600, 4, "petal width", 0.08, 0.09))
label_in_inputs.silent_on(SingleColumn(600, 11, "patient_id", 0.0, 0.79, elsewhere=1.2))
label_in_inputs.silent_on(SingleColumn(600, 11, "last price", 0.002, 0.99, earlier=True))
