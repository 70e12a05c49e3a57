"""W203."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.findings import Evidence, Finding, Severity
from traindx.facts.workers import Strategy


@check("W203", Severity.WARNING, suggests=(Cause.UNSYNCED_NORMALIZATION, Cause.BATCH_SIZE))
def few_rows_normalised(strategy: Strategy, *, rows: int = 4) -> Finding | None:
    """Each replica normalises over its own few rows.

    ## Why training fails
    Batch normalisation trains on the mean and variance of a replica's own rows, not of the global batch. Over two rows
    every normalised value is +1 or -1; the moving statistics used in inference are others.

    ## How it is measured
    Rows per replica and step of a model under a strategy, and layers that normalise over the batch without
    `synchronized=True`.

    ## What to do
    BatchNormalization(synchronized=True), a larger batch, or normalisation within a row (LayerNormalization).

    ## Thresholds
    - `rows`: at 4 rows the mean is off by half a standard deviation; error grows steeply from there down
      (Wu and He 2018, "Group normalization", batches of 4 and 2 per worker).
    """
    if strategy.replicas < 2 or strategy.rows is None or strategy.rows > rows or not strategy.unsynchronised:
        return None
    layer = strategy.unsynchronised[0]
    return Finding(
        f"{layer} normalises over {strategy.rows} rows: {strategy.replicas} replicas each use their own part of the batch",
        0.85, (Evidence("rows per replica", strategy.rows, rows), Evidence("replicas", strategy.replicas)), strategy.location,
        layer, fix="Use BatchNormalization(synchronized=True), or a larger global batch.",
    )  # fmt: skip


few_rows_normalised.fires_on(Strategy("MirroredStrategy", 2, 2, ("bn",)))
few_rows_normalised.silent_on(Strategy("MirroredStrategy", 2, 32, ("bn",)))
few_rows_normalised.silent_on(Strategy("MirroredStrategy", 2, 2, ()))
few_rows_normalised.silent_on(Strategy("OneDevice", 1, 2, ("bn",)))
