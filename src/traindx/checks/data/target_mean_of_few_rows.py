"""D136."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.data_splits import FractionColumn
from traindx.facts.findings import Evidence, Finding, Severity


@check("D136", Severity.ERROR, suggests=(Cause.TARGET_LEAKAGE,))
def target_mean_of_few_rows(
    column: FractionColumn, *, fractions: float = 0.8, chance: float = 1e-4, slope: float = 0.2
) -> Finding | None:
    """A column is the mean target of small groups of rows, each row's own target among them.

    ## Why training fails
    In a group of two or three rows the mean all but says each row's target: a rate of 0 means "no", a rate of 1 "yes".
    Training and held-out scores are high because the answer is an input; on rows whose target is not known yet the
    column cannot be computed (Micci-Barreca 2001 smooths such means and computes them from other rows).

    ## How it is measured
    Means of a few yes-or-no targets are fractions of small numbers, of several different ones (1/2, 2/3, 3/5): the values
    of each column, brought to 0 at the least and 1 at the greatest, are compared with the fractions of numbers up to
    12. On the held-out rows, all at 0 must be negative, all at 1 positive, and between them the targets must rise as the
    fractions do: rates from other rows, earlier ones or training rows alone, are wrong about some at both ends.

    ## What to do
    Compute each row's rate from other rows only: earlier ones, or training rows out of fold; smooth it.

    ## Thresholds
    - `fractions`: share of the values; a column of anything else has one in a thousand.
    - `chance`: at each end, of as many rows without an error if the rate told half of what it says.
    - `slope`: how far the targets' rise may be from that of the fractions.
    """
    if column.fractions < fractions or column.wrong or abs(column.slope - 1) > slope:
        return None
    if (1 - column.positive / 2) ** column.none > chance or (1 - (1 - column.positive) / 2) ** column.all > chance:
        return None
    return Finding(
        message=f"column {column.column} is the mean target of small groups, each row's own target included: of the {column.role} "
        f"rows, all {column.none} with its least value are negative and all {column.all} with its greatest are positive",
        strength=0.95, column=column.column,
        evidence=(Evidence("share of values that are fractions of numbers up to 12", column.fractions, fractions),
                  Evidence("held-out rows at both ends", column.none + column.all),
                  Evidence("of these with the other target", column.wrong),
                  Evidence("slope of the targets against the fractions between", column.slope, 1 - slope)),
        fix="Compute each row's rate from other rows only: earlier ones, or training rows out of fold, and smooth it.",
    )  # fmt: skip


target_mean_of_few_rows.fires_on(FractionColumn("validation", "merchant_rate", 0.99, 27720, 300, 120, 0, 1.02, 0.35))
target_mean_of_few_rows.silent_on(FractionColumn("validation", "merchant_rate", 0.99, 27720, 300, 120, 45, 0.4, 0.35))
target_mean_of_few_rows.silent_on(FractionColumn("validation", "merchant_rate", 0.99, 27720, 4, 2, 0, 1.0, 0.35))
target_mean_of_few_rows.silent_on(FractionColumn("validation", "amount", 0.02, 27720, 1, 1, 0, 1.0, 0.35))
