"""W301."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.findings import Evidence, Finding, Severity
from traindx.facts.workers import Exchange, Exchanges, Share


@check("W301", Severity.ERROR, suggests=(Cause.SHARD_OVERLAP,))
def shards_read_twice(
    exchanges: Exchanges, *, overlap: float = 0.5, unread: float = 0.25, passes: float = 3.0, twice: float = 0.2,
    at_once: float = 0.5, least_rows: float = 8.0,
) -> Finding | None:  # fmt: skip
    """Several workers read the same rows, and other training rows are never read.

    ## Why training fails
    The work is done twice, and what the workers leave out is never learned: a class, a site, or half of the data.

    ## How it is measured
    Hashes of the rows that each worker reads: the share that two workers have in common, and which rows of the array
    they come from (found among the program's variables, or at the head of the tf.data pipeline) nobody reads although
    enough rows were drawn to read all. Where one batch is put together of shards: shards that stand in the program's
    variables and are never read while rows come twice in one batch.

    ## What to do
    Give each worker its own index: dataset.shard(workers, index), before shuffling; check that the index varies.

    ## Thresholds
    - `overlap`: share of one worker's rows that another reads too; workers that shuffle the whole data also overlap,
      but leave nothing unread.
    - `unread`: share of the rows never read; of rows drawn at random e^-3 = 5 % are left after three passes.
    - `passes`: rows drawn over rows there are: enough to expect nearly all read.
    - `least_rows`: rows of one gradient; a few rows at a time are an accumulation over one stream, not workers.
    - `twice`: share of batches with a row that comes more than once.
    - `at_once`: share of draws at which two processes of a cluster read the very same row at the same time; orders that
      are independent share one draw in as many as there are rows.
    """
    for seen in exchanges.all:
        missing = seen.unseen / seen.source if seen.source else 0.0
        rows = sum(w.drawn for w in seen.workers) / max(1, seen.steps * len(seen.workers))
        accumulates = seen.kind == "gradients" and rows < least_rows
        read_twice = not accumulates and seen.overlap >= overlap and missing >= unread and seen.passes >= passes and len(seen.workers) >= 2
        idle = seen.shards >= 3 and seen.twice >= twice and seen.idle_shards >= max(1.0, unread * seen.shards)
        if seen.kind == "workers" and seen.in_step >= at_once:
            return _in_step(seen)
        if read_twice or (idle and seen.passes >= passes):
            return _finding(seen, read_twice, missing)
    return None


def _in_step(seen: Exchange) -> Finding:
    return Finding(
        f"{len(seen.workers)} workers read the same rows in the same order ({seen.in_step:.0%} of the draws): the steps of all but one "
        "add nothing",
        0.9, (Evidence("share of draws with the same row in two workers", seen.in_step, 0.5),), seen.location,
        fix="Shard by worker (dataset.shard(workers, index), or an auto-shard policy other than OFF), or shuffle with a seed per worker.",
    )  # fmt: skip


def _finding(seen: Exchange, read_twice: bool, missing: float) -> Finding:
    evidence = [Evidence("training rows never read", seen.unseen), Evidence("training rows", seen.source)]
    if read_twice:
        told = f"{len(seen.workers)} workers read the same rows (up to {seen.overlap:.0%} in common), and {missing:.0%} of {seen.source} training rows are never read"  # noqa: E501
        evidence.insert(0, Evidence("greatest share of rows in common", seen.overlap))
    else:
        told = f"{seen.idle_shards} of {seen.shards} shards are never read, while rows of the others come more than once in {seen.twice:.0%} of the batches"  # noqa: E501
        evidence.insert(0, Evidence("shards never read", seen.idle_shards, 0))
    evidence += [Evidence(f"rows read by {w.name}", w.rows) for w in seen.workers[:8]]
    return Finding(told, 0.95, tuple(evidence), seen.location, fix="Shard by worker before shuffling: dataset.shard(workers, index) with each worker's own index.")  # noqa: E501


_TWO = (Share("iterator 0", 400, 32000), Share("iterator 1", 400, 32000))
shards_read_twice.fires_on(Exchanges((Exchange("batches", _TWO, 500, 1.0, 3200, 2800, 10.0),)))
shards_read_twice.fires_on(Exchanges((Exchange("batches", (), 300, 0.0, 1400, 1120, 9.0, 0.8, 10, 8),)))
shards_read_twice.fires_on(Exchanges((Exchange("workers", _TWO, 40, 1.0, in_step=1.0),)))
shards_read_twice.silent_on(Exchanges((Exchange("workers", _TWO, 40, 1.0, in_step=0.01),)))
shards_read_twice.silent_on(Exchanges((Exchange("batches", _TWO, 500, 1.0, 3200, 0, 10.0),)))
shards_read_twice.silent_on(Exchanges((Exchange("batches", _TWO, 500, 0.0, 3200, 2800, 10.0),)))
shards_read_twice.silent_on(Exchanges((Exchange("batches", (), 300, 0.0, 1400, 280, 9.0, 0.0, 5, 1),)))
_ROWS = tuple(Share(f"worker {i}", 64, 85) for i in range(16))
shards_read_twice.silent_on(Exchanges((Exchange("gradients", _ROWS, 85, 0.6, 178, 48, 7.6),)))
