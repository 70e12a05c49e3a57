"""D107."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.data_labels import NoiseColumns
from traindx.facts.findings import Evidence, Finding, Severity


@check("D107", Severity.WARNING, suggests=(Cause.UNINFORMATIVE_FEATURES,))
def noise_columns(
    columns: NoiseColumns, *, least: int = 20, share: float = 0.3, gain: float = 0.05, gap: float = 0.05
) -> Finding | None:
    """Many input columns are pure noise: related neither to the label nor to any other column.

    ## Why training fails
    Every noise column adds weights that fit the training rows' accidents; training skill rises, held-out skill falls.

    ## How it is measured
    Largest correlation of each column with the label and with every other column, on up to 1500 rows, against the
    largest that independent columns reach by chance (square root of 2 ln(columns) / rows, Bonferroni). Sparse
    indicators are left out. The cheap model is fitted with and without these columns: what it gains is the harm.

    ## What to do
    Drop the columns, or select by out-of-fold importance.

    ## Thresholds
    - `least`: fewer noise columns than this are outweighed by a weight penalty.
    - `share`: of the columns that vary; below a third they cost little.
    - `gain`: of the target's variance that the cheap model wins without them, at least 3 standard deviations.
    - `gap`: of the variance that the network explains on training but not on held-out rows, where known. Twice that
      where it explains as much of new rows as the cheap model does with all columns.
    """
    if columns.noise < least or columns.noise < share * columns.columns:
        return None
    if columns.noise == columns.columns or columns.gain < max(gain, 3 * columns.spread):
        return None
    if columns.network is not None and columns.held_out is not None:
        copes = columns.held_out >= columns.skill  # on new rows it does what the cheap model does with all columns
        if columns.network - columns.held_out < (2 * gap if copes else gap):
            return None
    return Finding(
        message=f"{columns.noise} of {columns.columns} input columns are noise (such as {', '.join(columns.first[:3])}); "
        f"without them a cheap model explains {columns.gain:.0%} more of the labels",
        strength=min(0.95, 0.6 + columns.gain),
        evidence=(
            Evidence("columns correlated with nothing", columns.noise, least),
            Evidence("largest correlation that chance gives", columns.limit),
            Evidence("skill gained without them", columns.gain, gain),
        ),
        column=columns.first[0] if columns.first else None,
        fix="Drop the noise columns, or select columns by their out-of-fold importance.",
    )


noise_columns.fires_on(NoiseColumns(1000, 1500, 784, 0.15, 0.5, 0.2, 0.01, 0.9, 0.6, ("784",)))
noise_columns.silent_on(NoiseColumns(1000, 784, 10, 0.15, 0.7, 0.0, 0.01, 0.9, 0.8))
