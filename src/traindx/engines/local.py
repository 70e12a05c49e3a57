"""The default engine: this process, one pass, parts side by side on a few threads."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Lock
from typing import Any

from traindx.engines.base import Part, Source, SourceError
from traindx.engines.sources import open_source
from traindx.engines.state import Folding, SplitState, placed
from traindx.facts.faults import said

Columns = tuple[tuple[str, ...], tuple[str, ...]]
Tell = Callable[[str, int, int | None], None]


class LocalEngine:
    """Reads parts on up to `workers` threads (the kernel and the readers release Python's lock).

    `tell(source name, rows so far, rows in all where known)` is called after every batch. `stop()`, or Ctrl-C, ends the
    pass after the current batches; what was seen is kept.
    """

    def __init__(self, workers: int | None = None, tell: Tell | None = None) -> None:
        self.workers = workers or min(4, os.cpu_count() or 1)
        self.tell = tell
        self.stopped = False
        self._lock, self._seen = Lock(), 0

    def stop(self) -> None:
        """End the pass; what was seen so far is kept."""
        self.stopped = True

    def close(self) -> None:
        """Nothing was started."""

    def open(self, thing: Any, label: Any, role: str) -> Source:
        """Whatever was handed over: see `sources.open_source`.

        Raises:
            SourceError: it cannot be read.
        """
        return open_source(thing, label, role)

    def columns(self, source: Source) -> Columns | None:
        """Numeric and text columns of the first part that can be read, by name; None where there are no names.

        Raises:
            SourceError: the first batch of no part can be read.
        """
        if not source.named:
            return None
        fault: SourceError | None = None
        for number, part in enumerate(source.parts):
            try:
                for batch in part.batches(number):
                    return batch.columns, batch.text_columns
            except SourceError as raised:
                fault = fault or raised
            except Exception as raised:  # noqa: BLE001 - see `_part`
                fault = fault or SourceError(_unread(part, raised))
            finally:
                part.notes.clear()  # the pass itself says what it leaves out
        raise fault or SourceError(f"{source.name} has no rows")

    def fold(self, source: Source, columns: Columns | None = None) -> SplitState:
        """One pass over all parts of a split; parts that cannot be read are left out and named.

        Raises:
            SourceError: no part could be read, or there are no rows.
        """
        if columns is None and source.named and len(source.parts) > 1:
            columns = self.columns(source)
        self._seen = 0
        made: SplitState | None = None
        rows = [0] * len(source.parts)
        states = enumerate(self._states(source, columns))
        try:
            for number, (part, state) in states:
                source.left_out += part.notes
                joined = self._join(source, part, made, state)
                rows[number] = joined.rows - (made.rows if made else 0) if joined else 0
                made = joined
        except KeyboardInterrupt:  # between two parts; those before it are kept
            self.stop()
        if self.stopped:
            source.left_out.append(f"{source.name}: stopped after {made.rows if made else 0:,} rows")
        if made is None or not made.rows:
            raise SourceError(source.left_out[0] if source.left_out else f"{source.name} has no rows")
        return placed(made, rows)

    def _states(self, source: Source, columns: Columns | None) -> Iterator[tuple[Part, SplitState]]:
        """What each part leaves, in their order; at most two parts a thread are under way, so that few are held."""
        if len(source.parts) <= 1 or self.workers <= 1:
            for number, part in enumerate(source.parts):
                yield part, self._part(source, number, part, columns)
            return
        waiting: deque[tuple[Part, Future[SplitState]]] = deque()
        parts = iter(enumerate(source.parts))
        with ThreadPoolExecutor(min(self.workers, len(source.parts))) as pool:
            while True:
                while len(waiting) < 2 * self.workers and not self.stopped:
                    job = next(parts, None)
                    if job is None:
                        break
                    waiting.append((job[1], pool.submit(self._part, source, *job, columns)))
                if not waiting:
                    return
                try:
                    state = waiting[0][1].result()
                except KeyboardInterrupt:
                    self.stop()
                    continue
                yield waiting.popleft()[0], state

    def _part(self, source: Source, number: int, part: Part, columns: Columns | None) -> SplitState:
        folding = Folding()
        try:
            for batch in part.batches(number):
                if self.stopped:
                    break
                batch = batch.arranged(*columns, part.name) if columns is not None else batch
                folding.add(batch)
                self._say(source, part, batch.rows)
        except SourceError as fault:
            part.notes.append(str(fault))
        except Exception as fault:  # noqa: BLE001 - one odd file must not cost the others
            part.notes.append(_unread(part, fault))
        except KeyboardInterrupt:
            self.stop()
        return folding.state

    def _say(self, source: Source, part: Part, rows: int) -> None:
        with self._lock:
            self._seen += rows
            if self.tell is not None:
                self.tell(source.name, self._seen, part.rows if len(source.parts) == 1 else None)

    def _join(self, source: Source, part: Part, made: SplitState | None, state: SplitState) -> SplitState | None:
        if not state.rows:
            return made
        if made is None:
            return state
        if (made.columns, made.texts) != (state.columns, state.texts):
            source.left_out.append(odd_columns(part, made, state))
            return made
        if made.sample is not None and state.sample is not None:
            here, there = made.sample.numbers.shape[1:], state.sample.numbers.shape[1:]
            if here != there:
                source.left_out.append(f"{part.name} has inputs of shape {there}, the parts before it {here}")
                return made
        return made.merge(state)


def _unread(part: Part, fault: Exception) -> str:
    """One sentence: a part cannot be read for a reason that nobody foresaw."""
    return f"{part.name} cannot be read: {said(fault)}"


def odd_columns(part: Part, made: SplitState, state: SplitState) -> str:
    """One sentence: a part has other columns than those before it."""
    missing = [c for c in (*made.columns, *made.texts) if c not in (*state.columns, *state.texts)]
    if missing:
        return f"{part.name} has no column {missing[0]!r}, which other files have"
    odd = sorted(set(made.columns + made.texts) ^ set(state.columns + state.texts))[:5]
    return f"{part.name} has other columns than the files before it ({', '.join(odd)})"
