"""Figures that each worker computed on its own rows, what they are over all rows, and which of them the program printed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from traindx.facts.findings import Location
from traindx.facts.workers import Figure, LocalValue
from traindx.probes.by_hand import near, numbers_in
from traindx.probes.given import Given
from traindx.probes.rowhash import row_hashes
from traindx.probes.sample import as_array

MAX_RECORDS = 256
MAX_HELD = 32 << 20
MAX_ELEMENTS = 1 << 20
MAX_NUMBERS = 20_000
AVERAGED = ("acc", "loss", "error", "mean", "crossentropy")
"""Figures whose value over all rows is the mean of the workers' values, weighted by rows."""


@dataclass
class Record:
    """One metric object from its reset to its next, or one evaluation: the pairs it saw and when."""

    key: tuple[Any, ...]
    owner: Any
    site: Location | None
    first: int
    last: int
    pairs: list[tuple[np.ndarray, np.ndarray]] = field(default_factory=list)
    rows: int = 0
    elements: int = 0
    result: float | None = None
    results: dict[str, float] = field(default_factory=dict)
    hashes: np.ndarray = field(default_factory=lambda: np.zeros(0, np.uint64))
    held: int = 0
    weights: np.ndarray | None = None
    fresh: bool = False


def _beside(a: Record, b: Record) -> bool:
    """Whether their steps overlap, so that they may be figures of two workers."""
    return a.key == b.key and a.first <= b.last and b.first <= a.last


@dataclass
class Local:
    """Sums over calls of what each replica returned, for one line of the program."""

    site: Location | None
    sums: list[float]
    calls: int = 0
    given: int = 0


class Values:
    """Remembers local figures and the numbers that the program prints."""

    def __init__(self) -> None:
        self.open: dict[int, Record] = {}
        self.records: list[Record] = []
        self.locals: dict[Any, Local] = {}
        self.numbers: list[tuple[float, int | None]] = []
        self.replica_rows: int = 0
        self.held: Callable[[], tuple[np.ndarray | None, bool]] = lambda: (None, False)
        """Sample of the weights of the model that is judged now, and whether they are as initialised."""
        self.full = 16
        self.given = Given(self)

    # ---- events -----------------------------------------------------------------------------------------------

    def updated(self, metric: Any, y: Any, p: Any, site: Any, clock: int) -> None:
        """The program gave a metric labels and predictions; `clock` counts training steps."""
        record = self.open.get(id(metric))
        if record is None or record.owner is not metric:
            where = site()
            made = Record((type(metric).__name__, where), metric, where, clock, clock)
            made.weights, made.fresh = self.held()
            if not self._take(made, clock):
                return
            record = self.open[id(metric)] = made
        record.last = clock
        ys, ps = as_array(y), as_array(p)
        if ys is None or ps is None or ys.ndim == 0 or record.elements + ps.size > MAX_ELEMENTS:
            record.elements = MAX_ELEMENTS
            return
        record.elements += ps.size
        record.rows += len(ys)
        record.pairs.append((np.array(ys), np.array(ps)))
        record.held += ys.nbytes + ps.nbytes

    def reset(self, metric: Any) -> None:
        """The metric starts anew."""
        self.open.pop(id(metric), None)

    def resulted(self, metric: Any, value: Any) -> None:
        """The program asked for the metric's value."""
        self.given.asked(metric)
        record = self.open.get(id(metric))
        number = as_array(value)
        if record is not None and number is not None and number.ndim == 0:
            record.result = float(number)

    def evaluated(self, model: Any, results: dict[str, float], hashes: np.ndarray, site: Any, clock: int) -> None:
        """`model.evaluate` returned."""
        made = Record(("evaluate", id(model), site), None, site, clock, clock, rows=len(hashes))
        if results and self._take(made, clock):
            made.results, made.hashes, made.held = dict(results), np.unique(hashes), hashes.nbytes
            made.weights, made.fresh = self.held()

    def _take(self, made: Record, clock: int) -> bool:
        """Remember a new record; whether there was room, once those of steps long over are let go of.

        What began after a record's last step cannot lie beside it: of those that lie beside no other, only the newest
        of a line is still asked for.
        """
        if len(self.records) >= self.full or sum(r.held for r in self.records) > MAX_HELD // 4:
            over = [r for r in self.records if r.last < clock and not self._is_open(r)]
            newest = {r.key: r for r in self.records}
            alone = {id(r) for r in over if newest[r.key] is not r and not any(_beside(r, o) for o in self.records if o is not r)}
            self.records = [r for r in self.records if id(r) not in alone]
            self.full = len(self.records) + 16
        room = len(self.records) < MAX_RECORDS and sum(r.held for r in self.records) < MAX_HELD
        if room:
            self.records.append(made)
        return room

    def _is_open(self, record: Record) -> bool:
        return self.open.get(id(record.owner)) is record

    def replicas(self, values: tuple[Any, ...], site: Any) -> None:
        """The program took apart what each replica returned."""
        arrays = [as_array(v) for v in values]
        if len(arrays) < 2 or any(a is None or a.ndim for a in arrays):
            return
        where = site()
        local = self.locals.setdefault(where, Local(where, [0.0] * len(arrays)))
        if len(local.sums) == len(arrays):
            local.sums = [s + float(a) for s, a in zip(local.sums, arrays, strict=True) if a is not None]
            local.calls += 1
            local.given += self.replica_rows
        self.replica_rows = 0

    def alone(self, site: Location | None, sums: list[float], calls: int, rows: int) -> None:
        """A compiled function gave what the first replica counted, of these sums of all."""
        self.locals[site, "compiled"] = Local(site, sums, calls, rows)

    def said(self, values: tuple[Any, ...]) -> None:
        """The program printed these."""
        if len(self.numbers) < MAX_NUMBERS:
            self.numbers += numbers_in(values)

    # ---- facts ------------------------------------------------------------------------------------------------

    def printed(self, value: float) -> bool:
        """Whether the program printed this number: as it is, or rounded to at least two decimals."""
        return any(near(value, number, decimals) for number, decimals in self.numbers)

    def facts(self) -> tuple[LocalValue, ...]:
        """Figures of at least two workers on different rows with the same weights."""
        found: list[LocalValue] = []
        for records in self._side_by_side():
            made = _of_evaluations(self, records) if records[0].results else _of_metrics(self, records)
            found += made
        return (*found, *(v for x in self.locals.values() for v in _of_replicas(self, x)))

    def figures(self) -> tuple[Figure, ...]:
        """The last figure of each line, for workers that are processes of their own."""
        found: dict[Any, Figure] = {}
        for record in self.records:
            known = record.results or ({record.key[0]: _result(record)} if record.pairs else {})
            hashes = record.hashes if len(record.hashes) else _rows_of(record.pairs)
            for name, value in known.items():
                if any(word in name.lower() for word in AVERAGED):
                    found[record.site, name] = Figure(
                        name, value, record.rows, self.printed(value), record.site, hashes, record.weights, record.fresh
                    )  # fmt: skip
        return tuple(found.values())[:64]

    def _side_by_side(self) -> list[list[Record]]:
        """Records of one line whose training clocks overlap: the same weights, or worker by worker in one loop."""
        by_key: dict[Any, list[Record]] = {}
        for record in self.records:
            by_key.setdefault(record.key, []).append(record)
        groups: list[list[Record]] = []
        for records in by_key.values():
            open_groups: list[list[Record]] = []
            for record in records:
                group = next((g for g in open_groups if _beside(g[0], record)), None)
                if group is None:
                    open_groups.append([record])
                else:
                    group.append(record)
            groups += [g for g in open_groups if 2 <= len(g) <= 64]
        return groups


def _result(record: Record) -> float:
    """The metric's value; workers that do not report often never ask for theirs."""
    return float(record.owner.result()) if record.result is None else record.result


def _rows_of(pairs: list[tuple[np.ndarray, np.ndarray]]) -> np.ndarray | None:
    """Hashes that stand for the rows of these labels and predictions, and one for the labels as a whole: workers whose
    labels are all the same judge the same rows, even where their models differ."""
    if not pairs or any(len(y) != len(p) for y, p in pairs):
        return None
    rows = [row_hashes((y.reshape(len(y), -1), p.reshape(len(p), -1))) for y, p in pairs]
    labels = np.sort(np.concatenate([y.reshape(-1) for y, _ in pairs])).astype(np.float32)
    return np.unique(np.concatenate([*rows, row_hashes((labels.reshape(1, -1),))]))


def _of_metrics(values: Values, records: list[Record]) -> list[LocalValue]:
    done = [r for r in records if r.result is not None and r.pairs and r.elements < MAX_ELEMENTS]
    owners = {id(r.owner) for r in done}
    if len(done) < 2 or (len(owners) < len(done) and len(owners) > 1):
        return []
    orders = {np.sort(np.concatenate([y.reshape(-1) for y, _ in r.pairs])).tobytes() for r in done}
    if len(orders) < len(done):  # the same labels again: the same rows, not another worker's
        return []
    pooled = _again(done)
    if pooled is None:
        return []
    numbers = [float(r.result) for r in done if r.result is not None]
    return [_value(values, done[0].key[0], numbers, [r.rows for r in done], pooled, "Keras metric", done[0].site)]


def _again(records: list[Record]) -> float | None:
    """The same metric over the rows of all records."""
    try:
        metric = type(records[0].owner).from_config(records[0].owner.get_config())
        for record in records:
            for y, p in record.pairs:
                metric.update_state(y, p)
        return float(metric.result())
    except Exception:  # noqa: BLE001 - a metric of the program's own may refuse its own config
        return None


def _of_evaluations(values: Values, records: list[Record]) -> list[LocalValue]:
    if any(np.isin(a.hashes, b.hashes).any() for i, a in enumerate(records) for b in records[i + 1 :]):
        return []
    rows = [r.rows for r in records]
    made = []
    for name in records[0].results:
        numbers = [r.results[name] for r in records if name in r.results]
        if len(numbers) == len(rows) and (name == "loss" or "acc" in name):
            pooled = float(np.average(numbers, weights=rows))
            made.append(_value(values, name, numbers, rows, pooled, "evaluate", records[0].site))
    return made


def _of_replicas(values: Values, local: Local) -> list[LocalValue]:
    """One replica's sum, over what the sums of all are divided by: the rows given, or the number of calls."""
    n = len(local.sums)
    made = []
    for divisor, how in ((local.given, "per row given to all replicas"), (local.calls, "per call"), (1, "sum")):
        if divisor:
            numbers = [s / divisor for s in local.sums]
            whole = sum(numbers) if how != "per call" else sum(numbers) / n
            found = _value(values, "value of strategy.run", numbers, [local.given // n] * n, whole, how, local.site)
            if found.printed:
                made.append(found)
    return made[:1]


def _value(
    values: Values, name: str, numbers: list[float], rows: list[int], pooled: float, how: str, site: Location | None
) -> LocalValue:
    said = tuple(k for k, v in enumerate(numbers) if values.printed(v))
    return LocalValue(name, tuple(numbers), tuple(rows), pooled, said, how, site)
