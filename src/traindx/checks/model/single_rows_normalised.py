"""M312."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.findings import Evidence, Finding, Severity
from traindx.facts.outcome import Baseline, Outcome, hurt
from traindx.facts.steps import Normalisation


@check("M312", Severity.ERROR, suggests=(Cause.BATCH_SIZE, Cause.NORMALIZATION_LAYERS))
def single_rows_normalised(
    norm: Normalisation, outcome: Outcome | None, baseline: Baseline | None, *, rows: int = 2
) -> Finding | None:
    """Batch normalisation trains on batches of one or two rows.

    ## Why training fails
    The layer subtracts the mean of its batch. Of a single row nothing is left: every output is the layer's offset, and
    what comes before gets no gradient. Of two rows only their order is left (Ioffe and Szegedy 2015; Wu and He 2018
    show the error growing as batches shrink).

    ## How it is measured
    Rows per training step where a layer uses batch statistics, and whether the run misses what a cheap model reaches.

    ## What to do
    Batches of 16 rows or more, or LayerNormalization or GroupNormalization, which need no batch.

    ## Thresholds
    - `rows`: 2, where the normalised value of a unit is the same for all data, up to its sign.
    """
    if norm.smallest_batch is None or norm.smallest_batch > rows or not hurt(outcome, baseline):
        return None
    return Finding(
        message=f"{norm.layer} normalises over a batch of {norm.smallest_batch} row{'s' * (norm.smallest_batch > 1)}: "
        "next to nothing of the rows is left in training",
        strength=0.95, evidence=(Evidence("rows a training step", norm.smallest_batch, rows),),
        layer=norm.layer, location=norm.location, fix="Raise batch_size to 16 or more, or use LayerNormalization.",
    )  # fmt: skip


_NORM = Normalisation("norm", "BatchNormalization", 0.2, 19.0, False, smallest_batch=1)
single_rows_normalised.fires_on(_NORM, Outcome(skill=0.2), None)
single_rows_normalised.silent_on(_NORM, Outcome(skill=0.9), None)
single_rows_normalised.silent_on(Normalisation("norm", "BatchNormalization", 0.2, 1.0, False, smallest_batch=32), Outcome(skill=0.2), None)
