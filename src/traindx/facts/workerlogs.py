"""Logs of several workers of one cluster as one observation: each field by the rule that its measurement declares."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from traindx.facts.observation import Observation, Split
from traindx.facts.workers import (
    Exchange,
    Figure,
    Judged,
    LocalValue,
    Process,
    Replicas,
    Share,
    Waiter,
    Waits,
    WorkersSeen,
)


def merge(logs: list[Observation]) -> Observation:
    """One observation of all workers: the chief's, with what only all logs together show.

    Weights are compared step by step, rows and steps of each worker beside each other, figures of one line pooled by
    rows, waits of all joined. Workers whose log ended early keep their part; a note says so.
    """
    ordered = sorted(logs, key=lambda o: _process(o).index if _process(o) is not None else 1 << 30)  # type: ignore[union-attr]
    first = ordered[0]
    own = [(o, p) for o in ordered if (p := _process(o)) is not None]
    notes = list(first.notes)
    for log, process in own:
        if log.exit == -1:
            notes.append(f"{process.name}: its log ends before its program did{f' ({process.ended})' if process.ended else ''}")
    seen = first.workers or WorkersSeen()
    trained = [(o, p) for o, p in own if p.steps]
    judged = _judged([p for _, p in own])
    error = next((o.error for o in ordered if o.error is not None), None)
    joined = replace(
        seen, replicas=(*seen.replicas, *_replicas([p for _, p in trained])),
        exchanges=(*seen.exchanges, *_exchange(trained)), values=(*seen.values, *_values([p for _, p in own], judged)),
        waits=_waits(own), judged=judged,
    )  # fmt: skip
    return replace(first, workers=joined, notes=tuple(notes), error=first.error or error, exit=max(o.exit for o in ordered))


def _process(log: Observation) -> Process | None:
    return log.workers.process if log.workers is not None else None


def _gap(a: np.ndarray, b: np.ndarray) -> float:
    scale = max(float(np.linalg.norm(a)), float(np.linalg.norm(b)), 1e-12)
    return float(np.linalg.norm(a - b)) / scale if a.shape == b.shape else 1.0


def _replicas(workers: list[Process]) -> tuple[Replicas, ...]:
    traces = [dict(p.trace) for p in workers]
    if len(traces) < 2:
        return ()
    shared = sorted(s for s in traces[0] if all(s in t for t in traces[1:]))
    gaps = tuple((s, max(_gap(traces[0][s], t[s]) for t in traces[1:])) for s in shared)
    if len(gaps) < 2:
        return ()
    return (Replicas(
        len(workers), gaps[-1][0], gaps[0][1], gaps, gaps[-1][1], names=tuple(p.name for p in workers),
        location=workers[0].location, declared=True,
    ),)  # fmt: skip


def _training_rows(log: Observation) -> Split | None:
    found = [t.splits["train"] for t in log.trainings if "train" in t.splits]
    return max(found, key=lambda s: s.n or 0, default=None)


def _drawn(log: Observation, process: Process) -> np.ndarray:
    """Hashes of the rows that this worker trained on, in order; empty where they were not seen."""
    split = _training_rows(log)
    seen = split.hashes if split is not None and split.hashes is not None else process.rows
    return np.zeros(0, np.uint64) if seen is None else seen


def _exchange(workers: list[tuple[Observation, Process]]) -> tuple[Exchange, ...]:
    if len(workers) < 2:
        return ()
    drawn = [_drawn(o, p) for o, p in workers]
    distinct = [np.unique(h) for h in drawn]
    shares = tuple(
        Share(p.name, len(d), len(h), 1.0 / len(workers), p.outside, phase="between two steps: reading data, the program's own code")
        for (_, p), d, h in zip(workers, distinct, drawn, strict=True)
    )  # fmt: skip
    steps = min(p.steps for _, p in workers)
    step = [(p.outside or 0.0) + (p.inside or 0.0) for _, p in workers if p.inside is not None]
    made = Exchange("workers", _last(shares), steps, step_seconds=max(step, default=None), threads=True, location=workers[0][1].location)
    if not all(len(d) for d in distinct):
        return (made,)
    pairs = [(a, b) for a in range(len(drawn)) for b in range(a + 1, len(drawn))]
    overlap = max(len(np.intersect1d(distinct[a], distinct[b])) / min(len(distinct[a]), len(distinct[b])) for a, b in pairs)
    in_step = max(_together(drawn[a], drawn[b]) for a, b in pairs)
    sources = [p.source for _, p in workers if p.source is not None]
    source = np.unique(np.concatenate(sources)) if sources else np.zeros(0, np.uint64)
    read = np.unique(np.concatenate(distinct))
    known = len(source) and np.isin(read, source).mean() > 0.98
    return (replace(
        made, overlap=overlap, in_step=in_step, source=len(source) if known else 0,
        unseen=int((~np.isin(source, read)).sum()) if known else 0,
        passes=sum(map(len, drawn)) / len(source) if known else 0.0,
    ),)  # fmt: skip


def _last(shares: tuple[Share, ...]) -> tuple[Share, ...]:
    """Medians of each worker over its own steps: the slowest one counts as the last of every step."""
    slow = max(shares, key=lambda s: s.seconds or 0.0)
    return tuple(replace(s, last=float(s is slow)) for s in shares)


def _together(a: np.ndarray, b: np.ndarray) -> float:
    n = min(len(a), len(b))
    return float((a[:n] == b[:n]).mean()) if n else 0.0


def _lines(workers: list[Process]) -> list[list[Figure]]:
    """Figures that every worker computed at the same line on rows of its own: one list a line, in the workers' order."""
    found: dict[tuple[object, str], list[tuple[int, Figure]]] = {}
    for k, process in enumerate(workers):
        for figure in process.figures:
            found.setdefault((figure.location, figure.name), []).append((k, figure))
    whole = [[f for _, f in sorted(seen, key=lambda s: s[0])] for seen in found.values()
             if len(workers) > 1 and [k for k, _ in sorted(seen, key=lambda s: s[0])] == list(range(len(workers)))]  # fmt: skip
    return [figures for figures in whole if _disjoint(figures)]


def _values(workers: list[Process], judged: tuple[Judged, ...]) -> tuple[LocalValue, ...]:
    """Figures of one model; an average of a trained one and of one as initialised is no figure."""
    two = {(j.location, j.name) for j in judged if 0 < len(j.fresh) < len(j.workers)}
    made: list[LocalValue] = []
    for figures in _lines(workers):
        if (figures[0].location, figures[0].name) in two:
            continue
        pooled = float(np.average([f.value for f in figures], weights=[f.rows for f in figures]))
        printed = tuple(k for k, f in enumerate(figures) if f.printed)
        made.append(LocalValue(figures[0].name, tuple(f.value for f in figures), tuple(f.rows for f in figures), pooled,
                               printed[:1], "one process each", figures[0].location))  # fmt: skip
    return tuple(made)


def _judged(workers: list[Process]) -> tuple[Judged, ...]:
    trained = _replicas([p for p in workers if p.steps])
    apart = trained[0].end_gap if trained else None
    made: list[Judged] = []
    for figures in _lines(workers):
        held = [f.weights for f in figures if f.weights is not None]
        if len(held) < len(figures):
            continue
        made.append(Judged(
            figures[0].name, tuple(p.name for p in workers), tuple(f.value for f in figures), tuple(f.rows for f in figures),
            tuple(_gap(held[0], w) for w in held), tuple(k for k, f in enumerate(figures) if f.fresh), apart, figures[0].location,
        ))  # fmt: skip
    return tuple(made)


def _disjoint(figures: list[Figure]) -> bool:
    known = [np.unique(f.hashes) for f in figures if f.hashes is not None]
    if len(known) < len(figures):
        return False
    return len(np.unique(np.concatenate(known))) == sum(map(len, known))


def _waits(workers: list[tuple[Observation, Process]]) -> Waits | None:
    waiting: list[Waiter] = []
    gone: list[tuple[str, float]] = []
    ended, error = True, ""
    for log, process in workers:
        seen = log.workers.waits if log.workers is not None else None
        if seen is None:
            gone += [(process.name, 0.0)] if log.exit in (-1, 1) else []
            continue
        waiting += [replace(w, thread=f"{process.name} {w.thread}") for w in seen.waiting]
        ended, error = ended and seen.ended, error or seen.error
    if not waiting:
        return None
    return Waits(tuple(waiting), tuple(gone), tuple((p.name, p.steps) for _, p in workers), error, ended)
