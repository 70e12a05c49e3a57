"""W202."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.findings import Evidence, Finding, Severity
from traindx.facts.workers import ReplicaGroups, Replicas


@check("W202", Severity.ERROR, suggests=(Cause.UNSYNCED_NORMALIZATION,))
def statistics_apart(groups: ReplicaGroups, *, equal: float = 0.01, apart: float = 0.5) -> Finding | None:
    """Replicas share their trained weights but normalise with statistics of their own rows.

    ## Why training fails
    Batch normalisation learns its moving mean and variance from the rows it sees. Where each replica sees another part
    of the data, equal weights give different outputs: inference depends on which replica is kept.

    ## How it is measured
    At the end, for models of one architecture that were trained in turns and whose trainable weights are equal: the
    difference of the moving means of each normalising layer (median over its channels) in moving standard deviations.

    ## What to do
    Share the statistics: BatchNormalization(synchronized=True) under a strategy, average the moving statistics too,
    or normalise within a row (LayerNormalization, GroupNormalization).

    ## Thresholds
    - `equal`: relative distance of trainable weights up to which they count as equal.
    - `apart`: half a standard deviation; a moving mean over batches of 32 rows with momentum 0.9 is off by 0.04 by chance.
    """
    for group in groups.all:
        if group.statistics_gap is None or group.end_gap > equal or group.statistics_gap < apart:
            continue
        evidence = [Evidence("difference of moving means, in standard deviations", group.statistics_gap, apart),
                    Evidence("relative distance of trained weights", group.end_gap, equal)]  # fmt: skip
        if group.disagreement is not None:
            evidence.append(Evidence("difference of outputs on the same rows, in their spread", group.disagreement, 0.0))
        return Finding(
            f"{group.count} replicas hold equal weights, but {group.statistics_layer} normalises with moving means that lie "
            f"{group.statistics_gap:.2g} standard deviations apart",
            0.9, tuple(evidence), group.location, group.statistics_layer,
            fix="Average the moving statistics over replicas (synchronized=True), or use LayerNormalization.",
        )  # fmt: skip
    return None


statistics_apart.fires_on(ReplicaGroups((Replicas(2, 90, statistics_gap=1.9, statistics_layer="bn"),)))
statistics_apart.silent_on(ReplicaGroups((Replicas(2, 90, statistics_gap=0.05, statistics_layer="bn"),)))
statistics_apart.silent_on(ReplicaGroups((Replicas(2, 90, end_gap=0.7, statistics_gap=1.9, statistics_layer="bn"),)))
