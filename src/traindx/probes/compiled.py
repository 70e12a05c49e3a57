"""Scores that a compiled function of the program computes: what it returned, against what its model gives for its rows.

Within a `tf.function` nothing is watched. Of the functions that run a trained model and do not train it, the batches of
the last pass are kept with the numbers they gave. After the run the model predicts these rows once more, and where a score
of all batches is the number returned, each time and to all of float32's digits, this is what was computed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from traindx.facts.evaluation import Prediction
from traindx.facts.findings import Location
from traindx.facts.observation import ScoreCall
from traindx.facts.skill import numeric
from traindx.probes.bounded import size_of
from traindx.probes.hand_measures import Matched, is_classes, measures, readings
from traindx.probes.leaves import is_loss, leaves, scalar
from traindx.probes.replay import Frozen, flat, tensors
from traindx.probes.sample import as_array

MAX_FUNCTIONS = 8
MAX_PIECES = 64
MAX_BYTES = 16 << 20
MAX_VALUES = 4
LEAST_ROWS = 20
CLOSE = 2e-5
"""Relative: a mean over some thousand rows in float32."""
SURE = 2
"""Batches, or rows in hundreds, that must agree: a single batch of a few rows gives few different numbers."""


@dataclass
class Piece:
    """One call: its rows and the numbers it gave; `dealt`: rows of each replica, where the batch was dealt out."""

    x: Any
    y: Any
    values: tuple[float, ...]
    dealt: tuple[int, ...] = ()


@dataclass
class Pass:
    """The calls of one function since its model was last trained."""

    log: Any
    site: Location | None
    at: Any
    pieces: list[Piece] = field(default_factory=list[Piece])
    held: int = 0


class Compiled:
    """The last pass of every compiled function that judges a model."""

    def __init__(self) -> None:
        self.passes: dict[int, Pass] = {}

    def called(self, function: Any, log: Any, x: Any, y: Any, out: Any, dealt: tuple[int, ...], site: Any) -> None:
        """A function gave `out` for rows `x` with targets `y`."""
        values = tuple(n for v in leaves(out)[:MAX_VALUES] if _number(v) and (n := scalar(v)) is not None)
        if y is None or not values or (id(function) not in self.passes and len(self.passes) >= MAX_FUNCTIONS):
            return
        now = log.batches_trained, log.epochs.count
        one = self.passes.get(id(function))
        if one is None or one.at != now:
            one = self.passes[id(function)] = Pass(log, site(), now)
        size = size_of(x)
        if len(one.pieces) < MAX_PIECES and one.held + size <= MAX_BYTES:
            one.pieces.append(Piece(x, y, values, dealt))
            one.held += size

    def scores(self, order: int, replicas: Any) -> Iterator[tuple[Prediction, ScoreCall | None]]:
        """Predictions of each pass that saw the last weights, and the scores that its function returned.

        `replicas(site, sums, calls, rows)` is told where a function returned what one replica alone counted.
        """
        for one in self.passes.values():
            model = one.log.model()
            if model is None or one.at != (one.log.batches_trained, one.log.epochs.count):
                continue
            pairs = [(p, y) for piece in one.pieces if (p := _outputs(model, piece.x)) is not None and (y := _labels(piece)) is not None]
            if len(pairs) < len(one.pieces) or any(len(p) != len(y) for p, y in pairs) or sum(len(p) for p, _ in pairs) < LEAST_ROWS:
                continue
            outputs, labels = (np.concatenate([pair[i] for pair in pairs]) for i in (0, 1))
            made = Prediction("call", one.log.key, order, one.site, "call", outputs=outputs, labels=labels,
                              parts=tuple(np.cumsum([len(p) for p, _ in pairs]).tolist()))  # fmt: skip
            found = _alone(one.pieces, pairs)
            if found is not None:
                replicas(one.site, found, len(pairs), len(outputs))
            yield made, None if found is not None else _score(one, pairs, made)


def _number(value: Any) -> bool:
    """Whether a result is one number: a float as a loss is, or a count."""
    shape = getattr(value, "shape", None)
    return is_loss(value) or (shape is not None and len(shape) == 0 and "int" in str(getattr(value, "dtype", "")))


def _outputs(model: Any, x: Any) -> np.ndarray | None:
    with Frozen(model):
        made = as_array(flat(model(tensors(x), training=False))[0])
    return None if made is None or made.dtype.kind != "f" or made.ndim > 2 else np.array(made)


def _labels(piece: Piece) -> np.ndarray | None:
    y = as_array(piece.y)
    return None if y is None or y.dtype.kind not in "fiub" or y.ndim > 2 else np.array(y)


def _close(a: float, b: float) -> bool:
    return abs(a - b) <= CLOSE * max(1.0, abs(b))


def _score(one: Pass, pairs: list[tuple[np.ndarray, np.ndarray]], made: Prediction) -> ScoreCall | None:
    """The first score that gave one of the returned numbers at every call."""
    assert made.outputs is not None
    for at in range(min(len(p.values) for p in one.pieces)):
        alive: dict[Any, Matched] | None = None
        for (p, y), piece in zip(pairs, one.pieces, strict=True):
            value = piece.values[at]
            fits = {(m.name, m.how, m.form, n): m for m in measures(p, y) for n in _ways(m, len(p)) if _close(m.value * n, value)}
            keys = {(*k[:3], k[3] == 1): m for k, m in fits.items()}
            alive = keys if alive is None else {k: m for k, m in alive.items() if k in keys}
        plain = all(min(abs(p.values[at]), abs(p.values[at] - 1)) < 1e-9 for p in one.pieces)
        told = sorted(alive or {}, key=lambda k: bool(k[1]))
        if told and not plain and (len(pairs) >= SURE or len(made.outputs) >= 100 * SURE):
            name, how, form, mean = told[0]
            rows = np.array([len(p) for p, _ in pairs], float)
            given = np.array([p.values[at] for p in one.pieces])
            result = float((given * rows).sum() / rows.sum()) if mean else float(given.sum() / rows.sum())
            said = _said(made.outputs, form)
            return ScoreCall(name, one.site, made.labels, said, result, made.order + 1, True, how == "pairs", how)
    return None


def _ways(match: Matched, rows: int) -> tuple[int, ...]:
    """An accuracy may be returned as a mean or as a count."""
    return (1, rows) if match.name == "accuracy" and not match.how else (1,)


def _said(outputs: np.ndarray, form: str) -> np.ndarray:
    """What the score compares with the labels: classes read from the outputs, or the outputs."""
    p = numeric(outputs)
    read = dict(readings(p)) if p is not None else {}
    return read.get(form, outputs)


def _alone(pieces: list[Piece], pairs: list[tuple[np.ndarray, np.ndarray]]) -> list[float] | None:
    """Right answers of each replica, summed over the calls, where each call returned the first one's count alone."""
    if not all(len(p.dealt) > 1 and len(p.dealt) == len(pieces[0].dealt) for p in pieces):
        return None
    sums = np.zeros(len(pieces[0].dealt))
    for (p, y), piece in zip(pairs, pieces, strict=True):
        flat_p, t = numeric(p), numeric(y)
        if flat_p is None or t is None or t.ndim != 1 or not is_classes(t) or sum(piece.dealt) != len(t):
            return None
        right = (dict(readings(flat_p)).popitem() if flat_p.ndim == 2 else ("", (flat_p > 0.5).astype(float)))[1] == t
        counts = [float(part.sum()) for part in np.split(right, np.cumsum(piece.dealt)[:-1])]
        if not any(_close(v, counts[0]) and not _close(v, sum(counts)) for v in piece.values):
            return None
        sums += counts
    return sums.tolist()
