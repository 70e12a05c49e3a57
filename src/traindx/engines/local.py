"""The default engine: this process, one pass, parts side by side on a few threads."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from traindx.engines.base import Part, Source, SourceError
from traindx.engines.state import Folding, SplitState


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

    def fold(self, source: Source) -> SplitState:
        """One pass over all parts of a split; parts that cannot be read are left out and named.

        Raises:
            SourceError: no part could be read, or there are no rows.
        """
        jobs = list(enumerate(source.parts))
        try:
            if len(jobs) <= 1 or self.workers <= 1:
                states = [self._part(source, number, part) for number, part in jobs]
            else:
                with ThreadPoolExecutor(min(self.workers, len(jobs))) as pool:
                    states = list(pool.map(lambda job: self._part(source, *job), jobs))
        except KeyboardInterrupt:
            self.stop()
            source.left_out.append(f"{source.name}: stopped before the end")
            states = []
        made: SplitState | None = None
        for part, state in zip(source.parts, states, strict=False):
            made = self._join(source, part, made, state)
        if made is None or not made.rows:
            why = source.left_out[0] if source.left_out else f"{source.name} has no rows"
            raise SourceError(why)
        return made

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
            odd = sorted(set(made.columns + made.texts) ^ set(state.columns + state.texts))[:5]
            source.left_out.append(f"{part.name} has other columns than the files before it ({', '.join(odd)})")
            return made
        return made.merge(state)
