"""Takes a bounded sample of a split as it reaches Keras, with a random generator of its own.

Nothing is consumed that cannot be read again: arrays are indexed, streams are seen batch by batch as they pass.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from traindx.facts.findings import Location
from traindx.facts.observation import Split
from traindx.probes.rowhash import row_hashes

MAX_ROWS = 4096
MAX_BYTES = 24 << 20
MAX_HASHED_BYTES = 512 << 20
MAX_LABELS = 1 << 21
MAX_FIRST = 4 << 20
MAX_STREAM_HASHES = 1 << 20


def flatten(value: Any) -> list[Any]:
    """Leaves of nested lists, tuples and dicts in Keras' order (dicts by sorted key); a list of numbers is one leaf."""
    if value is None:
        return []
    if isinstance(value, dict):
        return [leaf for key in sorted(value) for leaf in flatten(value[key])]
    if isinstance(value, tuple | list) and value and any(hasattr(v, "shape") or isinstance(v, dict | tuple) for v in value):
        return [leaf for item in value for leaf in flatten(item)]
    return [value]


def as_array(value: Any) -> np.ndarray | None:
    """A NumPy view or copy of an array, tensor, DataFrame or Series; None for what has no dense rows."""
    if isinstance(value, np.ndarray):
        return value
    to_numpy = getattr(value, "to_numpy", None) or getattr(value, "numpy", None)
    if to_numpy is None or hasattr(value, "to_tensor") or type(value).__name__ in {"SparseTensor", "RaggedTensor"}:
        return None
    found = to_numpy()
    return found if isinstance(found, np.ndarray) else np.asarray(found)


def as_rows(values: list[Any]) -> tuple[np.ndarray, ...] | None:
    """All leaves as arrays that share their number of rows, or None where one cannot be."""
    arrays = [as_array(v) for v in values]
    if any(a is None or a.ndim == 0 for a in arrays):
        return None
    kept = tuple(a for a in arrays if a is not None)
    return kept if len({len(a) for a in kept}) <= 1 else None


def columns_of(values: list[Any]) -> tuple[str, ...]:
    """Column names of a single DataFrame input, else nothing."""
    names = getattr(values[0], "columns", None) if len(values) == 1 else None
    return tuple(str(n) for n in names) if names is not None else ()


def _capacity(arrays: tuple[np.ndarray, ...]) -> int:
    row = sum(int(np.prod(a.shape[1:], dtype=np.int64)) * max(1, a.dtype.itemsize) for a in arrays) or 1
    return int(max(8, min(MAX_ROWS, MAX_BYTES // row)))


def sample_arrays(
    role: str, x: Any, y: Any, weight: Any, *, source: str, location: Location | None, rng: np.random.Generator
) -> Split | None:
    """Sample rows of data that lies in memory; hashes cover all rows where that is affordable.

    Returns None where the inputs have no dense rows (ragged, sparse, Python lists).
    """
    leaves = flatten(x)
    xs, ys = as_rows(leaves), as_rows(flatten(y))
    if not xs or not len(xs[0]):
        return None
    ys = ys if ys and len(ys[0]) == len(xs[0]) else ()
    n = len(xs[0])
    take = min(n, _capacity((*xs, *ys)))
    rows = np.arange(n) if take == n else np.sort(rng.choice(n, take, replace=False))
    sampled = tuple(a[rows] for a in xs)
    cheap = sum(a.nbytes for a in xs) <= MAX_HASHED_BYTES
    weights = as_array(weight) if weight is not None and not isinstance(weight, list | tuple | dict) else None
    labels = ys[0].copy() if ys and ys[0].size <= MAX_LABELS else None
    return Split(
        role=role, x=sampled, y=tuple(a[rows] for a in ys),
        sample_weight=weights[rows] if weights is not None and len(weights) == n else None,
        rows=rows, n=n, source=source, columns=columns_of(leaves),
        hashes=row_hashes(xs if cheap else sampled), labels=labels, location=location,
    )  # fmt: skip


@dataclass
class StreamSample:
    """Reservoir over batches as they pass (Vitter 1985, algorithm R by blocks), plus hashes and labels of all seen.

    `first`: the first batch as it was, where it is small; `again`: the inputs of a later pass whose first batch has the
    same targets and other inputs, `redrawn` such passes of `passes`.
    """

    role: str
    source: str
    location: Location | None
    rng: np.random.Generator
    x: tuple[np.ndarray, ...] = ()
    y: tuple[np.ndarray, ...] = ()
    weight: np.ndarray | None = None
    rows: np.ndarray = field(default_factory=lambda: np.zeros(0, np.int64))
    seen: int = 0
    hashes: list[np.ndarray] = field(default_factory=list)
    labels: list[np.ndarray] = field(default_factory=list)
    failed: str = ""
    complete: bool = False
    first: tuple[tuple[np.ndarray, ...], tuple[np.ndarray, ...]] | None = None
    again: tuple[np.ndarray, ...] = ()
    redrawn: int = 0
    passes: int = 0

    def begins(self, x: Any, y: Any) -> None:
        """See the first batch of a pass; the first pass has just brought `first`."""
        self.passes += 1
        if self.passes == 1 or self.first is None or not self.first[1]:
            return
        ys = as_rows(flatten(y))
        if not ys or any(a.shape != b.shape or not np.array_equal(a, b) for a, b in zip(ys, self.first[1], strict=False)):
            return
        xs = as_rows(flatten(x))
        alike = bool(xs) and all(a.shape == b.shape for a, b in zip(xs, self.first[0], strict=False))
        if xs and alike and not all(np.array_equal(a, b, equal_nan=a.dtype.kind == "f") for a, b in zip(xs, self.first[0], strict=False)):
            self.redrawn += 1
            self.again = tuple(a.copy() for a in xs)

    def add(self, x: Any, y: Any, weight: Any) -> None:
        """See one batch."""
        xs, ys = as_rows(flatten(x)), as_rows(flatten(y))
        if not xs:
            self.failed = "the inputs have no dense rows"
            return
        ys = ys if ys and len(ys[0]) == len(xs[0]) else ()
        if self.seen < MAX_STREAM_HASHES:
            self.hashes.append(row_hashes(xs))
            if ys and ys[0].size <= 4096 * max(1, len(ys[0])):
                self.labels.append(ys[0].copy())
        if not self.seen and sum(a.nbytes for a in (*xs, *ys)) <= MAX_FIRST:
            self.first = tuple(a.copy() for a in xs), tuple(a.copy() for a in ys)
        ws = as_array(weight) if weight is not None else None
        self._keep(xs, ys, ws if ws is not None and ws.ndim >= 1 and len(ws) == len(xs[0]) else None)
        self.seen += len(xs[0])

    def _keep(self, xs: tuple[np.ndarray, ...], ys: tuple[np.ndarray, ...], ws: np.ndarray | None) -> None:
        room, n = _capacity((*xs, *ys)) - len(self.rows), len(xs[0])
        new = np.arange(min(room, n)) if room > 0 else np.zeros(0, np.int64)
        if len(new):
            self._append(xs, ys, ws, new)
        for i in range(len(new), n):
            at = int(self.rng.integers(0, self.seen + i + 1))
            if at < len(self.rows) and all(a.shape[1:] == b.shape[1:] for a, b in zip(self.x, xs, strict=False)):
                for mine, theirs in zip((*self.x, *self.y), (*xs, *ys), strict=False):
                    mine[at] = theirs[i]
                self.rows[at] = self.seen + i
                if self.weight is not None and ws is not None:
                    self.weight[at] = ws[i]

    def _append(self, xs: Any, ys: Any, ws: np.ndarray | None, new: np.ndarray) -> None:
        if self.x and any(a.shape[1:] != b.shape[1:] for a, b in zip(self.x, xs, strict=False)):
            self.failed = "batches differ in shape"
            return
        self.x = tuple(np.concatenate([a, b[new]]) for a, b in zip(self.x, xs, strict=True)) if self.x else tuple(a[new] for a in xs)
        self.y = tuple(np.concatenate([a, b[new]]) for a, b in zip(self.y, ys, strict=False)) if self.y else tuple(a[new] for a in ys)
        if ws is not None:
            self.weight = ws[new] if self.weight is None else np.concatenate([self.weight, ws[new]])
        self.rows = np.concatenate([self.rows, new + self.seen])

    def split(self) -> Split | None:
        """The sample so far; None where nothing dense was seen."""
        if not self.x:
            return None
        labels = None
        if self.labels and len({a.shape[1:] for a in self.labels}) == 1:
            labels = np.concatenate(self.labels)
        weight = self.weight if self.weight is not None and len(self.weight) == len(self.rows) else None
        return Split(
            role=self.role, x=self.x, y=self.y, sample_weight=weight, rows=self.rows, n=self.seen, source=self.source,
            hashes=np.concatenate(self.hashes) if self.hashes else None, labels=labels, location=self.location,
        )  # fmt: skip


def unpack(data: Any) -> tuple[Any, Any, Any]:
    """(x, y, sample weight) of what a split or a batch was given as."""
    if isinstance(data, list):
        data = tuple(data)
    if not isinstance(data, tuple):
        return data, None, None
    return (*data, None, None, None)[:3]


def cut_rows(value: Any, start: int, stop: int) -> Any:
    """Rows `start` to `stop` of every leaf."""
    if isinstance(value, dict):
        return {k: cut_rows(v, start, stop) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [cut_rows(v, start, stop) for v in value]
    return value.iloc[start:stop] if hasattr(value, "iloc") else value[start:stop]


def kind_of(value: Any) -> str:
    """What the program handed over: numpy, pandas, tensor, tf.data, generator, pydataset, list, other."""
    leaves = flatten(value)
    first = leaves[0] if leaves else value
    names = {c.__name__ for c in type(first).__mro__}
    if isinstance(first, np.ndarray):
        return "numpy"
    if "DatasetV2" in names:
        return "tf.data"
    if "PyDataset" in names or "Sequence" in names:
        return "pydataset"
    if "DistributedDatasetInterface" in names or "DistributedDataset" in names:
        return "distributed"
    if hasattr(first, "__next__"):
        return "generator"
    if hasattr(first, "iloc"):
        return "pandas"
    if hasattr(first, "numpy"):
        return "tensor"
    return "list" if isinstance(first, list) else "other"


IN_MEMORY = frozenset({"numpy", "pandas", "tensor"})
