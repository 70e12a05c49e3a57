"""D104."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.data import Cell, NonFiniteCells
from traindx.facts.findings import Evidence, Finding, Severity
from traindx.facts.outcome import Outcome


@check("D104", Severity.ERROR, suggests=(Cause.NON_FINITE_DATA, Cause.CONSTANT_INPUTS))
def non_finite_data(cells: NonFiniteCells, outcome: Outcome | None, *, allowed: int = 0) -> Finding | None:
    """The data hold NaN or infinity.

    ## Why training fails
    One NaN or infinite cell makes the loss of its batch NaN, the gradients NaN, and after that update every weight.

    ## How it is measured
    Every cell of the sampled rows of inputs and targets, in every split; the worst columns are named with rows.
    A column that is NaN in all rows is most often a constant one that was divided by its standard deviation of zero.
    When the training itself stayed finite (the program masks or fills such cells) it is a note.

    ## What to do
    Find the division by zero, logarithm of zero or missing value that made them; fill missing values with a statistic
    of the training rows.

    ## Thresholds
    - `allowed`: cells that are let pass; arithmetic has no harmless NaN.
    """
    total = cells.nan + cells.inf
    if total <= allowed or not cells.cells:
        return None
    worst = max(cells.cells, key=lambda c: (c.role == "train", c.count))
    in_training = any(c.role == "train" for c in cells.cells)
    lived = outcome is not None and not outcome.non_finite and outcome.skill is not None and in_training
    seen = tuple(
        Evidence(
            f"non-finite cells in {c.role} {c.part}, column {c.column}, rows {', '.join(map(str, c.rows))} ...",
            c.count,
            allowed,
        )
        for c in cells.cells[:5]
    )
    kinds = " and ".join(f"{n} {name}" for n, name in ((cells.nan, "NaN"), (cells.inf, "infinite")) if n)
    suggests = (Cause.NON_FINITE_DATA, Cause.CONSTANT_INPUTS) if cells.whole_columns else (Cause.NON_FINITE_DATA,)
    return Finding(
        message=f"{kinds} cells in the sample, first in {worst.role} {worst.part}, column {worst.column} "
        f"(row {worst.rows[0] if worst.rows else '?'})",
        strength=0.3 if lived else 0.98,
        evidence=seen,
        column=worst.column,
        suggests=suggests,
        severity=Severity.NOTE if lived else None,
        fix="Remove or fill the cells named above before training; guard the division or logarithm that makes them.",
    )


non_finite_data.fires_on(NonFiniteCells(100, 3, 1, (Cell("train", "inputs", "ratio", 4, (1, 7)),)), None)
non_finite_data.silent_on(NonFiniteCells(100), None)
