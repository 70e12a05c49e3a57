"""tf.data iterators that the program advances in turns, as the inputs of several workers in one process."""

from __future__ import annotations

import weakref
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from traindx.facts.findings import Location
from traindx.facts.workers import Exchange, Share
from traindx.probes.bounded import size_of
from traindx.probes.rowhash import row_hashes
from traindx.probes.workers.rows import MAX_BATCH_BYTES, Rows, overlap

MAX_STREAMS = 128
MAX_SOURCES = 32
TURNS = 5


@dataclass
class Stream:
    """One iterator: its rows, how often the program came back to it after another, and where it is read."""

    alive: Any
    spec: str
    site: Location | None
    rows: Rows = field(default_factory=Rows)
    returns: int = 0


class Streams:
    """Follows the program's own `next(iterator)`."""

    def __init__(self) -> None:
        self.seen: dict[int, Stream] = {}
        self.last: dict[str, int] = {}
        self.sources: dict[int, np.ndarray] = {}
        self.tensors: dict[int, Any] = {}

    def read(self, iterator: Any, hashes: np.ndarray | None, n: int, site: Any) -> None:
        """The program took one batch from an iterator."""
        stream = self.seen.get(id(iterator))
        if stream is None or stream.alive() is not iterator:
            self._let_go()
            if len(self.seen) >= MAX_STREAMS:
                return
            spec = repr(iterator.element_spec)
            stream = self.seen[id(iterator)] = Stream(weakref.ref(iterator), spec, site())
            if hashes is not None:  # else there is no time left for any
                self.source(getattr(iterator, "_dataset", None))
        if self.last.get(stream.spec) not in (None, id(iterator)):
            stream.returns += stream.rows.batches > 0
        self.last[stream.spec] = id(iterator)
        stream.rows.add(hashes, n)

    def _let_go(self) -> None:
        """Iterators that are gone and were not read in turns with others are no inputs of workers."""
        self.seen = {key: s for key, s in self.seen.items() if s.alive() is not None or s.returns >= TURNS}

    def source(self, dataset: Any) -> np.ndarray | None:
        """Row hashes of the tensor that a pipeline begins with; hashed once, None where it begins otherwise."""
        todo, looked = [dataset], 0
        while todo and looked < 64:
            part = todo.pop()
            looked += 1
            tensors = getattr(part, "_tensors", None)
            if tensors and type(part).__name__.startswith(("TensorSlice", "_TensorSlice")):
                first = tensors[0]
                known = self.tensors.get(id(first))
                if (known is None or known() is not first) and size_of(first) <= MAX_BATCH_BYTES:
                    self._hash(first)
                return self.sources.get(id(first))
            inputs = getattr(part, "_inputs", None)
            todo += list(inputs()) if callable(inputs) else []
        return None

    def _hash(self, tensor: Any) -> None:
        for known in (self.sources, self.tensors):
            known.pop(id(tensor), None)
            while len(known) >= MAX_SOURCES:
                del known[next(iter(known))]
        self.sources[id(tensor)], self.tensors[id(tensor)] = row_hashes((tensor.numpy(),)), weakref.ref(tensor)

    def exchanges(self) -> list[tuple[Exchange, list[Rows]]]:
        """Groups of at least two iterators of one kind that were read in turns at least five times."""
        kinds: dict[str, list[Stream]] = {}
        for stream in self.seen.values():
            if stream.returns >= TURNS:
                kinds.setdefault(stream.spec, []).append(stream)
        made = []
        for streams in kinds.values():
            if len(streams) < 2:
                continue
            rows = [s.rows for s in streams]
            shares = tuple(Share(f"iterator {k}", len(r.seen), r.drawn) for k, r in enumerate(rows))
            steps = max(r.batches for r in rows)
            made.append((Exchange("batches", shares, steps, overlap(rows), location=streams[0].site), rows))
        return made
