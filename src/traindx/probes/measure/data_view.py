"""One reading of a training's splits that all data probes share: what the inputs are, what the targets mean."""

from __future__ import annotations

import dataclasses
import math
import weakref
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from traindx.engines.rowhash import as_texts
from traindx.facts.observation import LayerFacts, ModelFacts, Split, Training
from traindx.facts.skill import numeric
from traindx.probes.measure.data_features import bag_of_ids, bag_of_texts, small_pictures
from traindx.probes.measure.targets import class_of_each_step
from traindx.probes.rowhash import row_hashes

if TYPE_CHECKING:
    from collections.abc import Callable

LIMIT, CELLS = 3000, 2_500_000
ROLES = ("train", "validation", "test")
_CLASS_LOSSES = {"scce", "cce", "bce", "hinge", "categorical_hinge", "squared_hinge", "focal", "kld"}
_NUMBER_LOSSES = {"mse", "mae", "mape", "msle", "huber", "log_cosh", "logcosh", "poisson"}
_PASSES = (
    "Input",
    "Reshape",
    "Flatten",
    "Dropout",
    "Random",
    "Cropping",
    "ZeroPadding",
    "Permute",
    "Masking",
    "Resizing",
)
AFFINE = ("Normalization", "Rescaling")
_SCALES = (
    "BatchNormalization",
    "LayerNormalization",
    "GroupNormalization",
    "UnitNormalization",
)
_LOOKUPS = (
    "Embedding",
    "TextVectorization",
    "StringLookup",
    "IntegerLookup",
    "Hashing",
    "CategoryEncoding",
    "Discretization",
)


@dataclass(frozen=True)
class Target:
    """Targets of the first output. `kind`: classes, numbers, many (multi-label) or none.

    `codes` (n,) int64 index into `names`, -1 where a one-hot row is empty; `values` (n, k) float64 as given.
    """

    kind: str
    values: np.ndarray
    codes: np.ndarray | None = None
    names: tuple[str, ...] = ()

    @property
    def coded(self) -> np.ndarray:
        """What a regression fits: indicator columns (n, classes) or the numbers (n, k), float64."""
        if self.codes is None:
            return self.values
        return (self.codes[:, None] == np.arange(max(1, len(self.names)))[None]).astype(float)


@dataclass(frozen=True)
class Sheet:
    """At most 3000 random rows of one split's sample (fewer when they are wide).

    `table` (n, d) float32 holds all numeric inputs side by side; `target` is None without labels; `covered` (n,) bool
    tells for which rows the network's predictions are known (NaN stands for the others). `split` is thinned to
    the same rows, but for `hashes` and `labels`, which stay whole.
    """

    role: str
    split: Split
    table: np.ndarray
    target: Target | None
    covered: np.ndarray

    @property
    def n(self) -> int:
        """Sampled rows."""
        return len(self.table)

    @property
    def total(self) -> int:
        """Rows of the whole split, where known; else the sampled rows."""
        return self.split.n or self.n


def _numeric(array: np.ndarray) -> bool:
    return array.dtype.kind in "biuf"


def flat(array: np.ndarray) -> np.ndarray:
    """Rows (n, ...) to (n, d)."""
    return array.reshape(len(array), math.prod(array.shape[1:])) if array.ndim else array.reshape(1, 1)


def _table(split: Split) -> np.ndarray:
    parts = [flat(a).astype(np.float32) for a in split.x if _numeric(a)]
    if parts:
        return np.concatenate(parts, axis=1)
    return np.zeros((len(split.x[0]) if split.x else 0, 0), np.float32)


class View:
    """The splits of one training, read once."""

    def __init__(self, training: Training) -> None:
        self.model: ModelFacts = training.model
        self.training = weakref.ref(training)
        self.splits = {r: one_pass(s) for r, s in training.splits.items() if s.x and len(s.x[0])}
        self.kept: dict[str, Any] = {}

    def once(self, key: str, make: Callable[[], Any]) -> Any:
        """What `make` returns, computed the first time only."""
        if key not in self.kept:
            self.kept[key] = make()
        return self.kept[key]

    @cached_property
    def first_layer(self) -> str:
        """Kind of the first layer that does not merely pass values on; empty when unknown."""
        for layer in self.model.layers:
            if not layer.kind.startswith(_PASSES) and layer.kind not in ("Functional", "Sequential"):
                return layer.kind
        return ""

    @cached_property
    def own_scaling(self) -> LayerFacts | None:
        """The layer with which the model scales or encodes its inputs itself, before any weights; the last of affine ones."""
        affine = None
        for layer in self.model.layers:
            if layer.kind in AFFINE:
                affine = layer
            elif layer.kind.startswith(_SCALES) or layer.kind in _LOOKUPS:
                return layer
            elif layer.parameters and layer.kind not in ("Functional", "Sequential"):
                break
        return affine

    @cached_property
    def kind(self) -> str:
        """`text`, `tokens`, `image`, `sequence` or `table`: how the inputs are to be read; `none` without splits."""
        if not self.splits:
            return "none"
        split = self.splits.get("train") or next(iter(self.splits.values()))
        x = split.x[0]
        if not any(_numeric(a) for a in split.x):
            return "text"
        if any(layer.kind == "Embedding" for layer in self.model.layers[:4]) and len(split.x) == 1:
            return "tokens"
        if x.ndim == 4 and x.shape[-1] <= 4 and min(x.shape[1:3]) >= 4:
            return "image"
        if x.ndim == 3:
            pixels = x.shape[1] == x.shape[2] >= 8 and (x.dtype == np.uint8 or "Conv1D" not in self.first_layer)
            recurrent = any(
                k in self.first_layer for k in ("LSTM", "GRU", "RNN", "Conv1D", "Bidirectional", "Attention")
            )
            return "image" if pixels and not recurrent else "sequence"
        return "table" if x.ndim <= 2 else "sequence"

    @cached_property
    def image_shape(self) -> tuple[int, int, int] | None:
        """(height, width, channels) of image inputs; also of flattened square pictures."""
        if not self.splits or len(next(iter(self.splits.values())).x) != 1:
            return None
        shape = next(iter(self.splits.values())).x[0].shape[1:]
        if self.kind == "image":
            return (shape[0], shape[1], shape[2] if len(shape) == 3 else 1)
        if self.kind == "table" and "train" in self.sheets:
            return _hidden_picture(self.sheets["train"].table)
        return None

    @cached_property
    def task(self) -> str:
        """`classes`, `numbers`, `many` or `none`: what the first output's targets mean, judged on all splits."""
        ys = [np.asarray(s.y[0]) for s in self.splits.values() if s.y]
        if not ys or any(len(y) == 0 for y in ys) or self._class_of_each_step:
            return "none"
        loss = self.model.losses[0].kind if self.model.losses else ""
        return _task(ys, loss, self.splits)

    @property
    def _class_of_each_step(self) -> bool:
        train = self.splits.get("train")
        y = numeric(train.y[0]) if train is not None and train.y else None
        return train is not None and y is not None and bool(np.isfinite(y).all()) and class_of_each_step(train, y)

    @cached_property
    def class_values(self) -> tuple[Any, ...]:
        """The distinct labels over all splits, sorted; column numbers for one-hot targets."""
        ys = [
            np.asarray(y)
            for r, s in self.splits.items()
            if s.y and r in ROLES
            for y in (s.y[0], s.labels)
            if y is not None and len(y)
        ]
        if self.task != "classes":
            return ()
        if any(flat(y).shape[1] > 1 for y in ys):
            return tuple(range(max(flat(y).shape[1] for y in ys)))
        return tuple(np.unique(np.concatenate(_alike([_plain(y) for y in ys]))).tolist())

    def target(self, y: np.ndarray) -> Target | None:
        """Read targets (n, ...) of the first output in this view's terms."""
        if self.task == "none":
            return None
        wide = flat(np.asarray(y))
        if self.task != "classes":
            return Target(self.task, wide.astype(float))
        names = tuple(str(v) for v in self.class_values)
        if wide.shape[1] > 1:
            codes = np.where(wide.max(1) > 0, wide.argmax(1), -1)
            return Target("classes", wide.astype(float), codes.astype(np.int64), names)
        order = np.array(self.class_values)
        plain = _plain(y) if order.dtype.kind != "U" else as_texts(_plain(y))
        codes = np.searchsorted(order, plain)
        codes = np.where(np.isin(plain, order), np.minimum(codes, len(order) - 1), -1)
        return Target("classes", codes[:, None].astype(float), codes.astype(np.int64), names)

    @cached_property
    def sheets(self) -> dict[str, Sheet]:
        """Every split with rows, by role; `predict` too where it is there."""
        made: dict[str, Sheet] = {}
        for role, whole in self.splits.items():
            most = min(LIMIT, max(300, CELLS // max(1, sum(flat(a).shape[1] for a in whole.x))))
            kept = chosen(len(whole.x[0]), most)
            split = rows_of(whole, kept)
            known = len(whole.predicted_end[0]) if whole.predicted_end else 0
            target = self.target(split.y[0]) if split.y and len(split.y[0]) == len(split.x[0]) else None
            made[role] = Sheet(role, split, _table(split), target, kept < known)
        return made

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the table's columns: the program's own where known, else their numbers."""
        sheet = next(iter(self.sheets.values()))
        named = next((s.split.columns for s in self.sheets.values() if len(s.split.columns) == s.table.shape[1]), ())
        return named or tuple(str(j) for j in range(sheet.table.shape[1]))

    def features(self, role: str) -> np.ndarray:
        """(n, d) float64 that a cheap model can learn from: pictures made small, words counted."""
        return self.once(f"features {role}", lambda: features_of(self, self.sheets[role].split))


def rows_of(split: Split, rows: np.ndarray) -> Split:
    """The split with these sampled rows only; `hashes` and `labels` stay whole."""

    n = len(split.x[0])

    def cut(arrays: tuple[np.ndarray, ...]) -> tuple[np.ndarray, ...]:
        return tuple(np.asarray(a)[rows] for a in arrays)

    def padded(arrays: tuple[np.ndarray, ...]) -> tuple[np.ndarray, ...]:
        """Predictions are known of the first sampled rows only; NaN stands for the others."""
        return tuple(
            np.concatenate([np.asarray(a, float), np.full((n - len(a), *a.shape[1:]), np.nan)])[rows] for a in arrays
        )

    return dataclasses.replace(
        split,
        x=cut(split.x),
        y=cut(split.y),
        rows=None if split.rows is None else split.rows[rows],
        sample_weight=None if split.sample_weight is None else split.sample_weight[rows],
        predicted_start=padded(split.predicted_start),
        predicted_end=padded(split.predicted_end),
    )


def one_pass(split: Split) -> Split:
    """A split that a loop showed epoch after epoch, as one pass over it: hashes and labels of the first pass, and each
    sampled row once; else rows would be judged by their own copies."""
    if split.source != "batches" or split.hashes is None or not len(split.hashes):
        return split
    counts = np.unique(split.hashes, return_counts=True)[1]
    passes = int(np.argmax(np.bincount(counts)))
    if passes < 2:
        return split
    n = round(len(split.hashes) / passes)
    first = np.sort(np.unique(row_hashes(split.x), return_index=True)[1])
    labels = split.labels[:n] if split.labels is not None and len(split.labels) == len(split.hashes) else None
    known = {
        name: tuple(a[first[first < len(a)]] for a in getattr(split, name)) for name in ("predicted_start", "predicted_end")
    }
    return dataclasses.replace(rows_of(split, first), n=n, hashes=split.hashes[:n], labels=labels, **known)


def chosen(n: int, most: int) -> np.ndarray:
    """At most `most` of n row numbers, random but always the same, ascending."""
    return np.arange(n) if n <= most else np.sort(np.random.default_rng(0).choice(n, most, replace=False))


def _plain(y: np.ndarray) -> np.ndarray:
    one = flat(np.asarray(y))[:, 0]
    return as_texts(one) if one.dtype.kind not in "biuf" else one


def _alike(labels: list[np.ndarray]) -> list[np.ndarray]:
    """All as texts where one split's labels are texts."""
    return [as_texts(y) for y in labels] if any(y.dtype.kind == "U" for y in labels) else labels


def _task(ys: list[np.ndarray], loss: str, splits: dict[str, Split]) -> str:
    wide = flat(ys[0])
    if any(flat(y).shape[1] != wide.shape[1] for y in ys):
        return "none"
    if any(flat(y).dtype.kind not in "biuf" for y in ys):  # in one split is enough: its labels are names there
        return "classes" if wide.shape[1] == 1 else "none"
    copies = any(
        s.x[0].size == y.size and np.array_equal(s.x[0].ravel(), y.ravel())
        for s, y in zip((s for s in splits.values() if s.y), ys, strict=True)
    )
    if copies or (ys[0].ndim > 2 and wide.shape[1] > 1):
        return "none"
    together = np.concatenate([flat(y) for y in ys]).astype(float)
    together = together[np.isfinite(together).all(1)]
    if wide.shape[1] > 1:
        if not np.isin(together, (0.0, 1.0)).all() or loss in _NUMBER_LOSSES:
            return "numbers"
        return "classes" if (together.sum(1) <= 1).all() else "many"
    distinct = np.unique(together)
    whole = bool((distinct == np.round(distinct)).all())
    if loss in _NUMBER_LOSSES:
        return "classes" if len(distinct) == 2 else "numbers"
    if loss in _CLASS_LOSSES:
        return "classes" if whole and len(distinct) <= max(2, len(together) // 2) else "numbers"
    few = len(distinct) <= max(2, min(100, len(together) // 10))
    return "classes" if whole and few else "numbers"


def _hidden_picture(table: np.ndarray) -> tuple[int, int, int] | None:
    """Shape of square pictures flattened to rows: neighbours below each other must be as alike as those beside."""
    d = table.shape[1]
    for channels in (1, 3):
        side = math.isqrt(d // channels)
        if side < 8 or side * side * channels != d:
            continue
        some = table[:200].reshape(-1, side, side, channels)
        spread = float(some.std())
        if spread <= 0 or not np.isfinite(spread):
            return None
        beside = float(np.abs(np.diff(some, axis=2)).mean())
        below = float(np.abs(np.diff(some, axis=1)).mean())
        mixed = float(
            np.abs(
                some - np.random.default_rng(0).permuted(some.reshape(len(some), -1), axis=1).reshape(some.shape)
            ).mean()
        )
        if max(beside, below) < 0.6 * mixed:
            return side, side, channels
    return None


def features_of(view: View, split: Split) -> np.ndarray:
    """(n, d) float64 features of the rows of `split`, read as `view` reads its inputs."""
    if view.kind == "text":
        return bag_of_texts(split.x[0].reshape(len(split.x[0]), -1).astype(str))
    table = _table(split)
    if view.kind == "tokens":
        return bag_of_ids(np.nan_to_num(table).astype(np.int64))
    if view.image_shape is not None:
        return flat(small_pictures(table.reshape(-1, *view.image_shape))).astype(float)
    if view.kind == "sequence" and table.shape[1] > 1024:
        x = split.x[0].reshape(len(table), split.x[0].shape[1], -1)
        return flat(small_pictures(x[..., None], 32)).astype(float)
    return table.astype(float)


_LAST: list[Any] = []


def view_of(training: Training) -> View:
    """The view of `training`, kept while probe after probe asks for the same one."""
    if not _LAST or _LAST[0]() is not training:
        _LAST[:] = [weakref.ref(training), View(training)]
    return _LAST[1]
