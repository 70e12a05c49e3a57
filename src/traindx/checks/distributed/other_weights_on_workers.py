"""W402."""

from __future__ import annotations

import math

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.findings import Evidence, Finding, Severity
from traindx.facts.workers import Judged, JudgedByWorkers


@check("W402", Severity.ERROR, suggests=(Cause.WRONG_WEIGHTS_EVALUATED,))
def other_weights_on_workers(
    judged: JudgedByWorkers, *, apart: float = 1e-3, errors: float = 3.0, least: float = 0.03
) -> Finding | None:
    """Workers that evaluate one model together hold different weights.

    ## Why training fails
    The chief restored the checkpoint, the others evaluate what they were initialised with (or their last step). Each
    judges its own part of the rows, and the figures that are merged are an average of two models.

    ## How it is measured
    One run log a worker (TF_CONFIG). Figures that the same line computes on every worker, each on rows of its own
    (evaluate, Keras metrics); the weights of the judged model at that moment, worker by worker, and whether they are as
    initialised (every bias zero). Workers that drifted apart in training already are another cause
    (replica-divergence); workers that were never trained and judge different checkpoints on purpose are left alone.

    ## What to do
    Restore the checkpoint on every worker before evaluating (a shared folder, or broadcast the chief's weights).

    ## Thresholds
    - `apart`: relative distance of the weights; copies are equal, sums in another order differ by about 1e-6.
    - `errors`: how many standard errors of a share over the worker's rows its figure must lie off the first worker's.
    - `least`: and how far at least, in the figure's own unit (for losses: relative).
    """
    for one in judged.all:
        differ = [k for k, gap in enumerate(one.gaps) if gap > apart]
        drifted = one.trained_gap is not None and one.trained_gap > apart
        unrestored = 0 < len(one.fresh) < len(one.workers)
        if not differ or drifted or not (unrestored or one.trained_gap is not None):
            continue
        if any(_off(one, k, errors, least) for k in differ):
            return _finding(one, differ)
    return None


def _off(one: Judged, worker: int, errors: float, least: float) -> bool:
    first, other = one.values[0], one.values[worker]
    spread = math.sqrt(sum(first * (1 - first) / max(1, one.rows[k]) for k in (0, worker))) if 0 <= first <= 1 else 0.0
    return abs(other - first) >= max(least * max(1.0, abs(first)), errors * spread)


def _finding(one: Judged, differ: list[int]) -> Finding:
    pooled = sum(v * n for v, n in zip(one.values, one.rows, strict=True)) / max(1, sum(one.rows))
    told = f"as initialised on {_names(one, one.fresh)}" if one.fresh else f"{_names(one, differ)} hold others than {one.workers[0]}"
    rows = [Evidence(f"{one.name} of {w} on {n} rows", v) for w, v, n in zip(one.workers[:8], one.values, one.rows, strict=False)]
    return Finding(
        f"{len(one.workers)} workers compute {one.name} together with different weights ({told})",
        0.95 if one.fresh else 0.85,
        (*rows, Evidence("relative distance of their weights", max(one.gaps), 0.0), Evidence(f"{one.name} over all rows", pooled)),
        one.location, fix="Restore the same weights on every worker before evaluating, not on the chief alone.",
    )  # fmt: skip


def _names(one: Judged, at: tuple[int, ...] | list[int]) -> str:
    return ", ".join(one.workers[k] for k in at[:8])


_TWO = ("worker-0", "worker-1")
other_weights_on_workers.fires_on(JudgedByWorkers((Judged("accuracy", _TWO, (0.95, 0.48), (320, 320), (0.0, 0.9), (1,)),)))
other_weights_on_workers.fires_on(
    JudgedByWorkers((Judged("loss", _TWO, (0.12, 0.4), (320, 320), (0.0, 0.3), trained_gap=0.0),))
)
other_weights_on_workers.silent_on(JudgedByWorkers((Judged("accuracy", _TWO, (0.95, 0.94), (320, 320), (0.0, 0.0)),)))
other_weights_on_workers.silent_on(JudgedByWorkers((Judged("accuracy", _TWO, (0.95, 0.48), (320, 320), (0.0, 0.9)),)))
other_weights_on_workers.silent_on(
    JudgedByWorkers((Judged("accuracy", _TWO, (0.95, 0.48), (320, 320), (0.0, 0.9), trained_gap=0.9),))
)
