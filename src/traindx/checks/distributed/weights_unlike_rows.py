"""W302."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.findings import Evidence, Finding, Severity
from traindx.facts.workers import Exchange, Exchanges, Share


@check("W302", Severity.WARNING, suggests=(Cause.UNEVEN_SHARDS,))
def weights_unlike_rows(exchanges: Exchanges, *, excess: float = 0.3, steps: int = 2) -> Finding | None:
    """Workers with few rows count as much in the average as workers with many.

    ## Why training fails
    The mean over workers is not the mean over rows: a row of a small shard pulls many times harder than one of a large
    shard, and the model learns the small shards' distribution.

    ## How it is measured
    Each worker's weight in what was applied (least squares of the applied gradients, or of the new weights, on those of
    the workers) against the distinct rows it read. The excess is the weight, in shares of the total, that lies with
    workers beyond their share of the rows.

    ## What to do
    Deal rows out evenly (shuffle, then split), or weight each worker by its rows, as federated averaging does
    (McMahan et al. 2017, "Communication-efficient learning of deep networks from decentralized data").

    ## Thresholds
    - `excess`: 0.3 of the total weight in the wrong place; two shards of 60 and 40 % that count the same give 0.1.
    - `steps`: exchanges seen at least.
    """
    for seen in exchanges.all:
        known = [w for w in seen.workers if w.weight is not None and w.weight > 0 and w.rows]
        total, rows = sum(w.weight or 0.0 for w in known), sum(w.rows for w in known)
        if len(known) < 2 or len(known) < len(seen.workers) or seen.steps < steps or seen.kind == "batches":
            continue
        beyond = [(w, (w.weight or 0.0) / total - w.rows / rows) for w in known]
        over = sum(b for _, b in beyond if b > 0)
        if over >= excess:
            return _finding(seen, beyond, over, total, rows)
    return None


def _finding(seen: Exchange, beyond: list[tuple[Share, float]], over: float, total: float, rows: int) -> Finding:
    light = [w for w, b in beyond if b > 0]
    held, counted = sum(w.rows for w in light), sum(w.weight or 0.0 for w in light)
    evidence = [Evidence("weight beyond the share of rows", over, 0.3)]
    evidence += [Evidence(f"{w.name}: {w.rows} rows, weight", round((w.weight or 0.0) / total, 4)) for w in seen.workers[:8]]
    return Finding(
        f"{len(light)} of {len(seen.workers)} workers hold {held} of {rows} rows ({held / rows:.0%}) but count {counted / total:.0%} "
        "in the average",
        min(0.95, 0.6 + over / 2), tuple(evidence), seen.location,
        fix="Weight each worker by its number of rows (rows / total rows), or deal the rows out evenly.",
    )  # fmt: skip


_SMALL = (Share("client 0", 8, 24, 1 / 3), Share("client 1", 8, 24, 1 / 3), Share("client 2", 1360, 4080, 1 / 3))
_FAIR = (Share("w 0", 750, 3000, 0.25), Share("w 1", 760, 3000, 0.25), Share("w 2", 700, 3000, 0.25), Share("w 3", 750, 3000, 0.25))
weights_unlike_rows.fires_on(Exchanges((Exchange("weights", _SMALL, 4),)))
weights_unlike_rows.silent_on(Exchanges((Exchange("gradients", _FAIR, 400),)))
