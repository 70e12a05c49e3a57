"""W501."""

from __future__ import annotations

from statistics import median

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.findings import Evidence, Finding, Severity
from traindx.facts.workers import Exchange, Exchanges, Share


@check("W501", Severity.WARNING, suggests=(Cause.STRAGGLER,))
def slow_worker(
    exchanges: Exchanges, *, times: float = 2.0, cost: float = 0.3, often: float = 0.75, least: float = 0.004
) -> Finding | None:
    """Every step waits for one worker.

    ## Why training fails
    A synchronous step lasts as long as its slowest worker: the others stand idle, however many they are.

    ## How it is measured
    The time from the begin of each step to the moment a worker's gradient is there, before anything is exchanged (the
    exchange itself takes equally long for all): median over steps, the slowest worker against the median of the others,
    and what the difference is of the whole step.

    ## What to do
    Look at what that worker does before its gradient: reading (compressed or remote files), preprocessing, a larger
    shard, a slower or shared device. Give it the same work, or fewer rows.

    ## Thresholds
    - `times`: twice the time of the others; workers of one machine vary by some ten per cent.
    - `cost`: share of the step that is waited away: below a third there is little to win.
    - `often`: share of steps in which it is the same worker; chance gives one over the number of workers.
    - `least`: seconds of difference; below 4 ms a thread's turn on the processor decides.
    """
    for seen in exchanges.all:
        timed = [w for w in seen.workers if w.seconds is not None]
        if len(timed) < 2 or len(timed) < len(seen.workers) or not seen.step_seconds:
            continue
        slow = max(timed, key=lambda w: w.seconds or 0.0)
        others = median(w.seconds or 0.0 for w in timed if w is not slow)
        waited = (slow.seconds or 0.0) - others
        wanted = times if seen.threads else 1.5 * times
        if (slow.seconds or 0.0) >= wanted * others and waited >= max(least, cost * seen.step_seconds) and slow.last >= often:
            return _finding(seen, slow, others, waited)
    return None


def _finding(seen: Exchange, slow: Share, others: float, waited: float) -> Finding:
    evidence = [Evidence(f"seconds per step of {w.name}", w.seconds) for w in seen.workers[:8]]
    evidence.append(Evidence("share of steps in which it comes last", slow.last))
    evidence += [Evidence("longest part of its time", slow.phase)] if slow.phase else []
    return Finding(
        f"{slow.name} needs {1e3 * (slow.seconds or 0):.0f} ms per step, the others {1e3 * others:.0f} ms: "
        f"{waited / (seen.step_seconds or 1):.0%} of every step is spent waiting for it",
        0.9, tuple(evidence), seen.location,
        fix="Give the slow worker the same work as the others: the same file format and storage, and as many rows.",
    )  # fmt: skip


def _example(last: float, slow: float) -> Exchanges:
    shares = tuple(Share(f"worker {k}", 64, 64, 0.25, s, w) for k, (s, w) in enumerate(((0.01, 0.0), (slow, last), (0.01, 0.0))))
    return Exchanges((Exchange("gradients", shares, 30, step_seconds=0.08, threads=True),))


slow_worker.fires_on(_example(1.0, 0.07))
slow_worker.silent_on(_example(0.4, 0.07))
slow_worker.silent_on(_example(1.0, 0.015))
