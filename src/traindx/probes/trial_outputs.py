"""The loss of a hand-written step on trial: which rows and columns of the outputs move it, and which way is down."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from traindx.facts.evaluation import OutputTrial
from traindx.facts.observation import Split
from traindx.probes.ideal import class_targets
from traindx.probes.modellog import ModelLog
from traindx.probes.replay import batch_of, tensors
from traindx.probes.step_loss import StepLoss, shapes_of
from traindx.probes.trial_loss import variations

MAX_ROWS = 64
MAX_ELEMENTS = 1 << 20
SHIFTS = 5
"""Orders of the batch that are tried, each moved on by a fifth: a mask moves with its rows, a slice does not."""
MAX_COLUMNS = 8


class Rows:
    """The data of one step: arguments in any nesting, of which those with `n` rows can be moved on together."""

    def __init__(self, data: Any, y: Any, n: int) -> None:
        import keras

        self.data, self.y, self.n, self.tree = data, y, n, keras.tree
        self.movable = any(self._moves(t) for t in keras.tree.flatten(data))

    def _moves(self, leaf: Any) -> bool:
        shape = getattr(leaf, "shape", None)
        return shape is not None and len(shape) > 0 and shape[0] == self.n

    def rolled(self, shift: int) -> Any:
        """Every row `shift` places later, in all arguments alike."""
        import tensorflow as tf

        return self.tree.map_structure(lambda t: tf.roll(t, shift, 0) if self._moves(t) else t, self.data)

    def with_targets(self, y: np.ndarray) -> Any:
        """The same data with other targets."""
        import tensorflow as tf

        return self.tree.map_structure(lambda t: tf.constant(y, t.dtype) if t is self.y else t, self.data)


def try_train_step(model: Any, log: ModelLog, split: Split, late: Callable[[], bool], whole: bool) -> tuple[OutputTrial, ...]:
    """The outputs on trial in a `train_step` of the program's own."""
    n = min(MAX_ROWS, len(split.x[0]), max(8, log.batch_size or MAX_ROWS))
    batch = batch_of(log, split, slice(0, n))
    parts = [tensors(v) for v in (batch.x, batch.y, batch.weight)]
    while parts[-1] is None:
        parts.pop()
    y = parts[1] if len(parts) > 1 and hasattr(parts[1], "shape") else None
    return _try(model, model.train_step, Rows(tuple(parts) if len(parts) > 1 else parts[0], y, n), split, late, whole)


def try_loop(model: Any, log: ModelLog, split: Split, late: Callable[[], bool]) -> tuple[OutputTrial, ...]:
    """The outputs on trial in the `tf.function` of a loop, with the arguments of its last call."""
    _, args, kwargs, y = log.loop_call
    if y is None or not len(getattr(y, "shape", ())) or log.taps is None or log.taps.body is None:
        return ()
    n = int(y.shape[0])
    return _try(model, log.taps.body, Rows((args, kwargs), y, n), split, late, whole=(split.n or 0) <= n)


def _try(
    model: Any, step: Any, rows: Rows, split: Split, late: Callable[[], bool], whole: bool
) -> tuple[OutputTrial, ...]:
    if getattr(model, "_distribute_strategy", None) is not None or rows.n < 5 or not rows.movable:
        return ()
    shapes = [(rows.n, *p.shape[1:]) for p in split.predicted_end] or shapes_of(model, step, rows.data)
    if not shapes or any(s[:1] != (rows.n,) for s in shapes) or sum(int(np.prod(s)) for s in shapes) > MAX_ELEMENTS:
        return ()
    loss, rng = StepLoss(model, step, shapes), np.random.default_rng(0)
    value, _, own = loss.run(rows.data, None)
    again, first, _ = loss.run(rows.data, own)
    noise = abs(loss.run(rows.data, own)[0] - again)
    y = np.asarray(rows.y) if rows.y is not None and len(shapes) == 1 else None
    tried = [again, loss.run(rows.data, [p[rng.permutation(rows.n)] for p in own])[0]]
    silent: list[list[np.ndarray]] = [[] for _ in shapes]
    norms, dead = [0.0 for _ in shapes], [np.ones(s[-1] if len(s) > 1 else 1, bool) for s in shapes]
    for at in range(SHIFTS):
        if late():
            return ()
        shift = at * rows.n // SHIFTS
        other = [variations(p, y, rng)[-1] for p in own]
        number, found, _ = loss.run(rows.rolled(shift), [np.roll(p, shift, axis=0) for p in other])
        tried += [number] if not at else []
        for k, g in enumerate(found):
            flat = g.reshape(rows.n, -1)
            silent[k].append((flat == 0).all(axis=1))
            norms[k] = max(norms[k], float(np.linalg.norm(np.nan_to_num(g))))
            dead[k] &= (g.reshape(-1, len(dead[k])) == 0).all(axis=0)
    if not np.isfinite(tried).all():
        return ()
    moved = max(0.0, max(abs(v - again) for v in tried) - 3 * noise)
    return tuple(
        OutputTrial(
            k, rows.n, value, float(max(np.abs(tried))), moved, norms[k], 0.0 if whole else _always(silent[k]),
            _dead_columns(loss, rows, own, dead[k], y, noise) if y is not None and norms[k] else 0.0, len(dead[k]),
            _rising(own[0], first[0], y) if y is not None else None,
        ) for k in range(len(shapes))
    )  # fmt: skip


def _always(silent: list[np.ndarray]) -> float:
    """Share of positions without gradient in every order; 0 where other rows lack one in other orders."""
    still, least = np.logical_and.reduce(silent), min(float(s.mean()) for s in silent)
    return float(still.mean()) if still.mean() > 0.9 * least else 0.0


def _dead_columns(
    loss: StepLoss, rows: Rows, own: list[np.ndarray], dead: np.ndarray, y: np.ndarray, noise: float
) -> float:
    """Share of columns that neither predictions nor, where they vary, targets of their own move."""
    if y.shape != own[0].shape or len(dead) < 2 or not dead.any():
        return 0.0
    dead = dead & (np.ptp(y.reshape(-1, len(dead)).astype(float), axis=0) > 0)
    base = loss.run(rows.data, own)[0]
    for j in np.flatnonzero(dead)[:MAX_COLUMNS]:
        other = y.copy()
        other[..., j] = np.roll(other[..., j], 1, axis=0)
        dead[j] = abs(loss.run(rows.with_targets(other), own)[0] - base) <= 1e-6 * max(1.0, abs(base)) + 3 * noise
    return float(dead.mean())


def _rising(p: np.ndarray, gradient: np.ndarray, y: np.ndarray) -> float | None:
    """Cosine between the gradient and the way to the targets: below 0 where the loss falls on that way."""
    found = class_targets(y, p.shape)
    if found is not None:
        way = 2 * found[1] - 1
    elif y.size == p.size and y.dtype.kind in "fiub":
        way = y.reshape(p.shape).astype(float) - p
    else:
        return None
    size = float(np.linalg.norm(gradient) * np.linalg.norm(way))
    return float((gradient * way).sum() / size) if size > 0 and np.isfinite(size) else None
