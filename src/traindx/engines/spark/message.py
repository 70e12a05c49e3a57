"""What one task tells: the state of its rows, which rows those were, and what it could not read."""

from __future__ import annotations

import pickle
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from traindx.engines.base import Batch
from traindx.engines.kernel import BINS
from traindx.engines.state import PART, Bounds, Folding, SplitState


@dataclass
class Message:
    """One state of rows with the same columns. `pieces` (first position, rows) of unbroken runs, in the state's order.

    `left_out` are (part, sentence) pairs; `state` is None where a task saw no rows.
    """

    state: SplitState | None
    pieces: list[tuple[int, int]] = field(default_factory=list[tuple[int, int]])
    left_out: list[tuple[int, str]] = field(default_factory=list[tuple[int, str]])

    @property
    def parts(self) -> dict[int, int]:
        """Rows by part."""
        made: dict[int, int] = {}
        for first, rows in self.pieces:
            made[first // PART] = made.get(first // PART, 0) + rows
        return made


class Tally:
    """Folds the batches of one task, one state for each set of columns, and keeps count of their places."""

    def __init__(self, bounds: Bounds) -> None:
        self.bounds = bounds
        self.left_out: list[tuple[int, str]] = []
        self._open: dict[tuple[tuple[str, ...], ...], tuple[Folding, list[tuple[int, int]]]] = {}

    def add(self, batch: Batch) -> None:
        """See some rows of one part, in order."""
        key = (batch.columns, batch.text_columns)
        if key not in self._open:
            self._open[key] = Folding(bounds=self.bounds), []
        folding, pieces = self._open[key]
        folding.add(batch)
        first = batch.part * PART + batch.first
        if pieces and sum(pieces[-1]) == first:
            pieces[-1] = (pieces[-1][0], pieces[-1][1] + batch.rows)
        else:
            pieces.append((first, batch.rows))

    def messages(self) -> list[Message]:
        """What was seen; at least one message."""
        made = [Message(folding.state, pieces) for folding, pieces in self._open.values()] or [Message(None)]
        made[0].left_out = self.left_out
        return made


def pack(message: Message) -> bytes:
    """A message as bytes: histograms hold few bins that are not empty."""
    state, shape = message.state, None
    filled = counts = np.zeros(0, np.int64)
    if state is not None and state.histogram is not None:
        shape = state.histogram.shape
        filled = np.flatnonzero(state.histogram)
        counts = state.histogram.ravel()[filled]
        state = replace(state, histogram=None)
    squeezed = zlib.compress(np.diff(filled, prepend=0).astype(np.uint32).tobytes() + counts.tobytes(), 1)
    return pickle.dumps((replace(message, state=state), shape, squeezed), protocol=5)


def unpack(data: bytes) -> Message:
    """The message that was packed by the same version of traindx in the same Spark application."""
    message, shape, squeezed = pickle.loads(data)
    if message.state is None or shape is None:
        return message
    plain = zlib.decompress(squeezed)
    n = len(plain) // 12
    histogram = np.zeros(shape[0] * BINS, np.int64)
    histogram[np.cumsum(np.frombuffer(plain, np.uint32, n), dtype=np.int64)] = np.frombuffer(plain, np.int64, n, 4 * n)
    return replace(message, state=replace(message.state, histogram=histogram.reshape(shape)))


def joined(messages: Sequence[Message]) -> tuple[SplitState | None, dict[int, int]]:
    """One state of messages with the same columns, and the rows of each part in it.

    Labels and hashes come in the order of the rows where there is one for every row; the order in which the messages
    were sent does not matter, except to the last digits of sums of numbers.
    """
    with_rows = [m for m in messages if m.state is not None and m.state.rows]
    if not with_rows:
        return None, {}
    with_rows.sort(key=lambda m: m.pieces[0])
    state = _merged([m.state for m in with_rows if m.state is not None])
    pieces = np.array([p for m in with_rows for p in m.pieces], np.int64).reshape(-1, 2)
    order = _order(pieces)
    if order is not None:
        if state.labels is not None:
            state = replace(state, labels=state.labels[order])
        if len(state.hashes.values) == state.rows:
            state = replace(state, hashes=replace(state.hashes, values=state.hashes.values[order]))
    rows: dict[int, int] = {}
    for message in with_rows:
        for part, n in message.parts.items():
            rows[part] = rows.get(part, 0) + n
    return state, rows


def _merged(states: list[SplitState]) -> SplitState:
    """Neighbours first, so that every row is copied a few times only."""
    while len(states) > 1:
        states = [a[0].merge(a[1]) if len(a) > 1 else a[0] for a in (states[i : i + 2] for i in range(0, len(states), 2))]
    return states[0]


def _order(pieces: np.ndarray) -> np.ndarray | None:
    """Which row of the pieces (p, 2), one after the other, comes at each place; None where they are in order."""
    by_place = np.argsort(pieces[:, 0], kind="stable")
    if (by_place == np.arange(len(pieces))).all():
        return None
    starts = np.concatenate([[0], np.cumsum(pieces[:, 1])[:-1]])
    return np.concatenate([np.arange(starts[i], starts[i] + pieces[i, 1]) for i in by_place])


def packed(messages: Iterable[Message]) -> list[bytes]:
    """All messages as bytes."""
    return [pack(m) for m in messages]
