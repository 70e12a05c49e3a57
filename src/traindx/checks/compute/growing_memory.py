"""C106."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.compute import Holder, MemoryGrowth, Retraces, TracedFunction, size
from traindx.facts.findings import Evidence, Finding, Severity

MB = 1 << 20


@check("C106", Severity.WARNING, suggests=(Cause.OUT_OF_MEMORY,))
def growing_memory(
    memory: MemoryGrowth, retraces: Retraces | None, *, grown: float = 128 * MB, share: float = 0.1, late: float = 0.5,
    held: float = 0.3, traces: int = 20,
) -> Finding | None:  # fmt: skip
    """The process takes more memory with every step.

    ## Why training fails
    What is kept of each step (tensors appended to a list, graphs traced anew) is never freed. Sooner or later the
    machine has no memory left, often after hours.

    ## How it is measured
    Resident memory, read at most five times a second. The first third of the steps and the first epoch do not count:
    buffers, caches and allocators fill there. Then the median slope of all pairs of readings (Theil and Sen), so that
    single jumps count for nothing. An alarm also needs its explanation: a container of the program that holds tensors
    or arrays of that size, or a `tf.function` that keeps being traced. Growth without one is a note.

    ## What to do
    Keep numbers, not tensors (`float(loss)`), and a bounded number of arrays; trace functions once; close datasets and
    figures made in a loop.

    ## Thresholds
    - `grown`: 128 MB after the warm-up; traindx itself keeps at most 60 MB of a run.
    - `share`: 10 % of the memory at the end of the warm-up.
    - `late`: the slope of the last half is at least half of the whole slope: growth that levels off is a cache.
    - `held`: the container found holds at least 30 % of the growth (a tensor on a tape keeps more than itself alive).
    - `traces`: graphs made of one function from which they are taken for the growth.
    """
    if memory.grown <= grown or memory.grown <= share * memory.begin or memory.late < late:
        return None
    holder = next((h for h in memory.holders if h.bytes >= held * memory.grown), None)
    traced = max(retraces.functions, key=lambda f: f.traces, default=None) if retraces is not None else None
    graphs = traced if traced is not None and traced.traces >= traces else None
    if holder is not None:
        why, fix = f"'{holder.name}' holds {holder.items} tensors or arrays, {size(holder.bytes)}", (
            f"Keep numbers instead of tensors in '{holder.name}' (float(value)), or only the last ones.")
    elif graphs is not None:
        why, fix = f"{graphs.name} keeps {graphs.traces} graphs", f"Trace {graphs.name} once: pass tensors of one shape, decorate it once."
    else:
        why, fix = "nothing that holds it was found in the program's globals", (
            "Look for lists, caches and closures that keep what each step makes.")
    return Finding(
        message=f"memory grew by {size(memory.grown)} over {memory.steps} steps after the warm-up, {size(memory.slope)} a step: {why}",
        strength=0.85 if holder is not None else 0.7 if graphs is not None else 0.4,
        severity=None if holder is not None or graphs is not None else Severity.NOTE,
        location=(holder.location if holder is not None else None) or memory.location,
        evidence=(Evidence("bytes grown after the warm-up", memory.grown, grown), Evidence("bytes a step", memory.slope),
                  Evidence("slope of the last half over the slope in all", memory.late, late),
                  *((Evidence(f"bytes held by {holder.name}", holder.bytes),) if holder is not None else ())),
        fix=fix,
    )  # fmt: skip


_LIST = (Holder("history", 3000, 400 * MB),)
growing_memory.fires_on(MemoryGrowth(2000, 500 * MB, 250_000, 1.0, 900 * MB, None, _LIST), None)
growing_memory.fires_on(
    MemoryGrowth(2000, 500 * MB, 250_000, 1.0, 900 * MB, None), Retraces((TracedFunction("step", 300, 300, 9.0, 0.1),))
)
growing_memory.silent_on(MemoryGrowth(2000, 500 * MB, 250_000, 0.1, 900 * MB, None, _LIST), None)
growing_memory.silent_on(MemoryGrowth(2000, 20 * MB, 10_000, 1.0, 900 * MB, None, _LIST), None)
