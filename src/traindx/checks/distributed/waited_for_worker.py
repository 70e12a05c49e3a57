"""W601."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.findings import Evidence, Finding, Location, Severity
from traindx.facts.workers import Waiter, Waits

TIMEOUTS = frozenset(
    {"Empty", "Full", "BrokenBarrierError", "TimeoutError", "DeadlineExceededError", "UnavailableError", "AbortedError"}
)
"""Exceptions of Python and TensorFlow that say: what I waited for did not come."""


@check("W601", Severity.ERROR, suggests=(Cause.HANG,))
def waited_for_worker(waits: Waits, *, seconds: float = 1.0) -> Finding | None:
    """A worker waits for another one that does not come.

    ## Why training fails
    Barriers, queues and all-reduces need everybody. Where one worker has run out of batches, raised or died, the others
    wait for it: until their time-out, or for ever.

    ## How it is measured
    A watchdog looks four times a second where every thread stands. At the end, or when nothing was done for
    `--hang-timeout` seconds: which threads had not moved, in which call and line, which threads had left before, and how
    many steps each did. A program that ended counts only where it ended with an exception that says "timed out".

    ## What to do
    Give all workers the same number of steps (repeat and steps_per_epoch, or drop the remainder), and let a worker that
    fails tell the others.

    ## Thresholds
    - `seconds`: how long a thread must have stood still.
    """
    long = [w for w in waits.waiting if w.seconds >= seconds]
    if not long or (waits.ended and waits.error not in TIMEOUTS):
        return None
    first = next((w for w in long if not w.call.startswith("Thread.join")), long[0])
    evidence = [Evidence(f"seconds {w.thread} stood in {w.call}{_line(w)}", w.seconds, seconds) for w in long[:6]]
    evidence += [Evidence(f"{name} had left, seconds before", ago) for name, ago in waits.gone[:6]]
    evidence += [Evidence(f"steps of {name}", n) for name, n in waits.work[:8]]
    evidence += [Evidence("exception", waits.error)] if waits.error else []
    return Finding(_told(first, waits), 0.95, tuple(evidence), first.location, suggests=_causes(waits),
                   fix="Give every worker the same number of batches, and make a worker that stops early tell the others.")  # fmt: skip


def _causes(waits: Waits) -> tuple[Cause, ...]:
    steps = {n for _, n in waits.work}
    return (Cause.HANG, Cause.UNEVEN_SHARDS) if len(steps) > 1 else (Cause.HANG,)


def _line(waiter: Waiter) -> str:
    return f", line {waiter.location.line}" if waiter.location is not None else ""


def _told(first: Waiter, waits: Waits) -> str:
    who = f"worker {waits.worker}, " if waits.worker else ""
    told = f"{who}{first.thread} waited {first.seconds:.0f} s in {first.call}{_line(first)}"
    if waits.phase:
        told += f", in {waits.phase}"
    left = [name for name, _ in waits.gone]
    return told + (f"; {', '.join(left[:3])} had left before" if left else "")


_BARRIER = Waiter("Thread-1", "Barrier.wait", 8.0, Location("train.py", 34))
waited_for_worker.fires_on(Waits((_BARRIER,), (("Thread-2", 8.1),), (("Thread-1", 21), ("Thread-2", 20)), "TimeoutError"))
waited_for_worker.fires_on(Waits((_BARRIER,), ended=False, phase="fit"))
waited_for_worker.silent_on(Waits((_BARRIER,)))
waited_for_worker.silent_on(Waits((_BARRIER,), error="ValueError"))
