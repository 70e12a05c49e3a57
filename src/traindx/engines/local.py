"""The default engine: this process, one pass, parts side by side on a few threads."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from traindx.engines.base import Part, Source, SourceError
from traindx.engines.sources import open_source
from traindx.engines.state import Folding, SplitState, placed


class LocalEngine:
    """Reads parts on up to `workers` threads (the kernel and the readers release Python's lock).

    `tell(source name, rows so far)` is called after every batch. `stop()` ends the pass after the current batches.
    """

    def __init__(self, workers: int | None = None, tell: Callable[[str, int], None] | None = None) -> None:
        self.workers = workers or min(4, os.cpu_count() or 1)
        self.tell = tell
        self.stopped = False

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

    def fold(self, source: Source) -> SplitState:
        """One pass over all parts of a split; parts that cannot be read are left out and named.

        Raises:
            SourceError: no part could be read, or there are no rows.
        """
        made: SplitState | None = None
        rows = [0] * len(source.parts)
        try:
            for number, state in self._states(source):
                joined = self._join(source, source.parts[number], made, state)
                rows[number] = joined.rows - (made.rows if made else 0) if joined else 0
                made = joined
        except KeyboardInterrupt:
            self.stop()
            source.left_out.append(f"{source.name}: stopped before the end")
        if made is None or not made.rows:
            why = source.left_out[0] if source.left_out else f"{source.name} has no rows"
            raise SourceError(why)
        return placed(made, rows)

    def _states(self, source: Source) -> Iterator[tuple[int, SplitState]]:
        """Parts' numbers and states, in order; only a few wait, as each holds its histograms."""
        if len(source.parts) <= 1 or self.workers <= 1:
            for number, part in enumerate(source.parts):
                yield number, self._part(source, number, part)
            return
        waiting: deque[tuple[int, Future[SplitState]]] = deque()
        with ThreadPoolExecutor(min(self.workers, len(source.parts))) as pool:
            try:
                for number, part in enumerate(source.parts):
                    waiting.append((number, pool.submit(self._part, source, number, part)))
                    if len(waiting) > 2 * self.workers:
                        first, job = waiting.popleft()
                        yield first, job.result()
                yield from ((number, job.result()) for number, job in waiting)
            except BaseException:
                self.stop()  # before the pool waits for its threads
                raise

    def _part(self, source: Source, number: int, part: Part) -> SplitState:
        folding = Folding()
        seen = 0
        try:
            for batch in part.batches(number):
                folding.add(batch)
                seen += batch.rows
                if self.tell is not None:
                    self.tell(source.name, seen)
                if self.stopped:
                    source.left_out.append(f"{part.name}: stopped after {seen} rows")
                    break
        except SourceError as fault:
            source.left_out.append(str(fault))
        except KeyboardInterrupt:
            self.stop()
            source.left_out.append(f"{part.name}: stopped after {seen} rows")
        return folding.state

    def _join(self, source: Source, part: Part, made: SplitState | None, state: SplitState) -> SplitState | None:
        if not state.rows:
            return made
        if made is None:
            return state
        if (made.columns, made.texts) != (state.columns, state.texts):
            source.left_out.append(odd_columns(part, made, state))
            return made
        return made.merge(state)


def odd_columns(part: Part, made: SplitState, state: SplitState) -> str:
    """One sentence: a part has other columns than those before it."""
    odd = sorted(set(made.columns + made.texts) ^ set(state.columns + state.texts))[:5]
    return f"{part.name} has other columns than the files before it ({', '.join(odd)})"
