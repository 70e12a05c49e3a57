"""Keeps some rows of the earlier fits of one model while its weights are carried on from fit to fit.

A program that fits once costs nothing: the sample of its training rows, which is kept anyway, is cut down to a few rows
when `fit` is called again on others. Weights that stand at none of the states that training left them in were set anew
(loaded, initialised): then what was fitted before is forgotten, as the weights have.
"""

from __future__ import annotations

from collections import deque
from typing import Any

import numpy as np

from traindx.facts.findings import Location
from traindx.facts.observation import Split
from traindx.facts.refits import JudgedAfter, SomeRows
from traindx.probes.rowhash import row_hashes
from traindx.probes.sample import IN_MEMORY, as_rows, flatten
from traindx.probes.stamps import stamp

MAX_ROWS = 2048
MAX_ASKED = 512
"""Rows kept of what is judged."""
MAX_COLUMNS = 256
MAX_CELLS = 512 * MAX_COLUMNS
MAX_HASHES = 1 << 17
MAX_LOOKED_AT = 4096
"""Columns of wide rows among which those that vary most often are chosen."""
MAX_EARLIER = 4
MAX_FITS = 60
"""Fits of different rows; more are the steps of a loop (replayed memories of an agent, chunks of a stream), no folds."""
MAX_PER_FIT = 4
MAX_JUDGED = 6
LEAST_ROWS = 20
MAX_BYTES = 8 << 20
"""Of the rows looked at while they are cut down."""
MAX_STATES = 8192


class Refits:
    """The fits of one model. At most 4 earlier ones, 6 judged sets and the fits they follow: 20 MiB, and a tenth of that for
    tables of a thousand rows."""

    def __init__(self) -> None:
        self.rng = np.random.default_rng(0)
        self.number = 0
        self.split: Split | None = None
        self.mine: SomeRows | None = None
        self.mark = 0
        self.last: Split | None = None
        self.held_out: Split | None = None
        self.epochs = 0
        self.earlier: list[tuple[int, int, SomeRows]] = []
        self.states: dict[str, int] = {}
        self.columns: np.ndarray | None = None
        self.width = 0
        self.judged: deque[JudgedAfter] = deque(maxlen=MAX_JUDGED)
        self.here = 0

    # ---- what is called -----------------------------------------------------------------------------------------

    def begins(self, log: Any, kind: str, given: dict[str, Any], state: str, site: Location | None) -> None:
        """A call begins, with the weights at `state`; the splits of `log` hold what a fit brings already."""
        if self.number > MAX_FITS:
            return
        if kind == "fit":
            self.epochs = log.epochs.count
            self._fits(log.splits, state)
            held_out = log.splits.get("validation")
            if held_out is not None and held_out is not self.held_out:
                self._judges("validation", held_out.x, held_out.y, held_out.n or 0, site)
            self.held_out = held_out
        elif kind in ("evaluate", "predict") and self.earlier and self.states.get(state) == self.number:
            arrays = as_rows(flatten(given.get("x")))
            targets = as_rows(flatten(given.get("y"))) or ()
            if arrays:
                self._judges(kind, arrays, targets, len(arrays[0]), site)

    def ended(self, log: Any, model: Any) -> None:
        """A fit is over: the states that its epochs left the weights in."""
        made = log.epochs.count - self.epochs
        epochs = [*log.stamps.epochs[-min(made, MAX_STATES // 2) :]] if made else []
        for state in (*epochs, stamp(model)):
            if state and len(self.states) < MAX_STATES:
                self.states[state] = self.number

    def forget(self) -> None:
        """The weights were set anew, or what they are trained on is not known."""
        self.earlier, self.states, self.split, self.mine, self.columns = [], {}, None, None, None

    # ---- within -------------------------------------------------------------------------------------------------

    def _fits(self, splits: dict[str, Split], state: str) -> None:
        now = splits.get("train")
        after = self.states.get(state) if state else None
        if now is None or now is self.split or now.source not in IN_MEMORY or now.hashes is None or after is None:
            self.forget()
        if now is None or now is self.last or now.source not in IN_MEMORY or now.hashes is None:
            return
        mark = len(now.hashes) ^ int(np.add.reduce(now.hashes))
        self.last, self.here = now, 0
        if self.split is not None and mark == self.mark:
            self.split = now
            return
        if self.split is not None and after is not None:
            self._keep()
            self.earlier = [one for one in self.earlier if one[0] <= after]
            self.states = {known: n for known, n in self.states.items() if n <= after}
        self.number += 1
        self.split, self.mine, self.mark = now, None, mark
        if self.number > MAX_FITS:
            self.forget()
            self.last = None
            self.judged.clear()

    def _keep(self) -> None:
        """The fit so far becomes an earlier one; the first three stay, as later folds judge what those were trained on."""
        rows = self._mine()
        if rows is None or any(seen == self.mark for _, seen, _ in self.earlier):
            return
        del self.earlier[MAX_EARLIER - 1 :]
        self.earlier.append((self.number, self.mark, rows))

    def _mine(self) -> SomeRows | None:
        if self.mine is None and self.split is not None:
            n = self.split.n or len(self.split.x[0])
            hashes = self.split.hashes if self.split.hashed_whole and n <= MAX_HASHES else None
            self.mine = self._some(self.split.x, self.split.y, n, hashes)
        return self.mine

    def _judges(self, kind: str, x: tuple[np.ndarray, ...], y: tuple[np.ndarray, ...], n: int, site: Location | None) -> None:
        if not self.earlier or self.here >= MAX_PER_FIT or n < LEAST_ROWS:
            return
        own = self._mine()
        whole = n <= MAX_HASHES and len(x[0]) == n and sum(a.nbytes for a in x) <= 8 * MAX_BYTES
        rows = self._some(x, y, n, row_hashes(x) if whole else None, MAX_ASKED)
        if own is not None and rows is not None:
            self.here += 1
            self.judged.append(JudgedAfter(self.number, kind, rows, own, tuple(r for _, _, r in self.earlier), site))

    def _some(
        self, xs: tuple[np.ndarray, ...], ys: tuple[np.ndarray, ...], n: int, hashes: np.ndarray | None, most: int = MAX_ROWS
    ) -> SomeRows | None:
        """Some of the rows; None where they are no numbers, too wide, or of another width than before."""
        width = sum(int(np.prod(a.shape[1:], dtype=np.int64)) for a in xs)
        if any(a.dtype.kind not in "biuf" for a in xs) or not width or (self.columns is not None and width != self.width):
            return None
        room = MAX_BYTES // sum(a[:1].nbytes for a in xs)
        most = min(most, MAX_CELLS // min(width, MAX_COLUMNS), room)
        if most < LEAST_ROWS:
            return None
        looked = self.rng.permutation(len(xs[0]))[: min(2 * MAX_ROWS, room)]
        if self.columns is None:
            self.columns, self.width = _choose(_table(xs, looked[:most], width, None)), width
        table = _table(xs, looked, width, self.columns)
        y = None
        if ys and ys[0].dtype.kind in "biuf" and len(ys[0]) == len(xs[0]):
            y = ys[0].reshape(len(ys[0]), -1)[looked[:most], :MAX_COLUMNS].astype(np.float32)
        return SomeRows(n, table[:most].copy(), y, *_moments(table), hashes)


def _table(xs: tuple[np.ndarray, ...], rows: np.ndarray, width: int, columns: np.ndarray | None) -> np.ndarray:
    """The rows' chosen columns side by side, of very wide rows only some places in the first instance."""
    flat = np.concatenate([a[rows].reshape(len(rows), -1).astype(np.float32) for a in xs], 1)
    places = _places(width)
    flat = flat if places is None else flat[:, places]
    return flat if columns is None else np.ascontiguousarray(flat[:, columns])


def _moments(table: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Mean and standard deviation of the columns' finite cells; 0 where there are none."""
    table = table.astype(np.float64)
    there = np.isfinite(table)
    count = np.maximum(there.sum(0), 1)
    mean = np.where(there, table, 0.0).sum(0) / count
    return mean, np.sqrt((np.where(there, table - mean, 0.0) ** 2).sum(0) / count)


def _places(width: int) -> np.ndarray | None:
    return None if width <= MAX_LOOKED_AT else np.linspace(0, width - 1, MAX_LOOKED_AT).astype(int)


def _choose(table: np.ndarray) -> np.ndarray:
    """Columns that differ most often from the first row's value."""
    if table.shape[1] <= MAX_COLUMNS:
        return np.arange(table.shape[1])
    often = (table != table[:1]).mean(0)
    return np.sort(np.argsort(-often, kind="stable")[:MAX_COLUMNS])
