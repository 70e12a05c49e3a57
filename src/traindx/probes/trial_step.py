"""The program's own `train_step` on trial: its gradients with other targets, and which weights they reach."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from traindx.facts.evaluation import Reach, StepTrial
from traindx.facts.observation import Split
from traindx.probes.attach import StepTap
from traindx.probes.modellog import ModelLog
from traindx.probes.replay import Batch, Frozen, batch_of, compute_loss, flat, forward, tensors

MAX_ROWS = 64


class Seen:
    """What one eager run of a `train_step` differentiates and would apply."""

    measure_only = True
    depth = 0
    factor = None

    def __init__(self) -> None:
        self.thread = threading.get_ident()
        self.losses: list[float] = []
        self.gradients: dict[int, tuple[Any, np.ndarray | None]] = {}

    def layer(self, layer: Any, output: Any) -> None:
        """Not needed here."""

    def differentiated(self, target: Any) -> None:
        """A tape differentiates this."""
        with contextlib.suppress(TypeError, ValueError):
            parts = target if isinstance(target, list | tuple) else [target]
            self.losses.append(float(sum(np.sum(np.asarray(t)) for t in parts)))

    def applies(self, optimizer: Any, grads: list[Any], variables: list[Any]) -> None:
        """An optimizer is about to apply these."""
        import tensorflow as tf

        for g, v in zip(grads, variables, strict=False):
            dense = tf.convert_to_tensor(g) if isinstance(g, tf.IndexedSlices) else g
            self.gradients[id(v)] = (v, None if dense is None else np.asarray(dense, dtype=np.float64))


def run_step(model: Any, batch: Batch) -> tuple[Seen, dict[str, float]]:
    """One `train_step`, eagerly, its update caught; weights and seeds are put back."""
    seen = Seen()
    data = tuple(tensors(v) for v in (batch.x, batch.y, batch.weight))
    while len(data) > 1 and data[-1] is None:
        data = data[:-1]
    given = data if len(data) > 1 else data[0]
    with Frozen(model), StepTap(seen):
        logs = model.train_step(given)
    numbers: dict[str, float] = {}
    for name, value in (logs.items() if isinstance(logs, dict) else ()):
        with contextlib.suppress(TypeError, ValueError):
            numbers[str(name)] = float(value)
    return seen, numbers


def difference(a: Seen, b: Seen) -> float | None:
    """Greatest relative difference of the gradients of two runs, over variables; None where they cannot be compared."""
    if a.gradients.keys() != b.gradients.keys() or not a.gradients:
        return None
    top = max((float(np.abs(g).max()) for _, g in a.gradients.values() if g is not None and g.size), default=0.0)
    worst = 0.0
    for key, (_, g) in a.gradients.items():
        h = b.gradients[key][1]
        if g is not None and h is not None and g.size and g.shape == h.shape:
            size = max(float(np.abs(g).max()), 1e-3 * top, 1e-30)
            worst = max(worst, float(np.abs(g - h).max()) / size)
    return worst if np.isfinite(worst) else None


def _ranked(y: np.ndarray, p: np.ndarray) -> np.ndarray | None:
    return y.reshape(p.shape) if y.ndim != p.ndim and y.size == p.size else None


def try_step(model: Any, log: ModelLog, split: Split, late: Callable[[], bool]) -> tuple[StepTrial, Seen | None]:
    """Run the program's own step with its targets as they are, exchanged, and with the axes of the output."""
    rows = min(MAX_ROWS, len(split.x[0]), max(8, log.batch_size or MAX_ROWS))
    batch = batch_of(log, split, slice(0, rows))
    first, reported = run_step(model, batch)
    sizes = [0.0 if g is None or not g.size else float(np.abs(g).max()) for _, g in first.gradients.values()]
    made = StepTrial(loss=sum(first.losses) if first.losses else None, reported=reported, applied=max(sizes, default=None))
    if len(split.y) != 1 or late() or not first.gradients:
        return made, first
    y = split.y[0][:rows]
    p = split.predicted_end[0][:rows] if len(split.predicted_end) == 1 else None
    again, _ = run_step(model, batch)
    ranks = {"target_rank": y.ndim, "prediction_rank": p.ndim if p is not None else 0}
    made = replace(made, noise=difference(first, again) or 0.0, **ranks)
    try:
        order = np.random.default_rng(0).permutation(len(y))
        other, _ = run_step(model, replace(batch, y=_as(batch.y, y[order])))
        made = replace(made, paired=difference(first, other))
        same = _ranked(y, p) if p is not None else None
        if same is not None:
            shaped, _ = run_step(model, replace(batch, y=_as(batch.y, same)))
            made = replace(made, ranked=difference(first, shaped))
    except Exception as fault:  # noqa: BLE001 - a step that takes only its own targets
        made = replace(made, note=f"{type(fault).__name__}: {fault}"[:200])
    return made, first


def try_function(model: Any, log: ModelLog, split: Split, late: Callable[[], bool]) -> StepTrial | None:
    """Call the `tf.function` step of a custom loop with the targets of its last batch as they are and exchanged.

    Every variable the step holds is put back, the optimizer's too.
    """
    import tensorflow as tf

    function, args, kwargs, y = log.loop_call
    p = split.predicted_end[0] if len(split.predicted_end) == 1 else None
    if y is None or p is None or not len(getattr(y, "shape", ())) or int(y.shape[0]) < 4:
        return None
    target = np.asarray(y)
    held = function.get_concrete_function(*args, **kwargs).variables

    def run(new: Any) -> float:
        given = tf.nest.map_structure(lambda v: new if v is y else v, (args, kwargs))
        saved = [tf.identity(v) for v in held]
        try:
            with Frozen(model):
                found = function(*given[0], **given[1])
        finally:
            for variable, value in zip(held, saved, strict=True):
                variable.assign(value)
        leaves = [v for v in tf.nest.flatten(found) if getattr(v, "shape", None) == () and v.dtype.is_floating]
        return float(leaves[0]) if leaves else float("nan")

    first, again = run(y), run(y)
    if not np.isfinite(first) or late():
        return None
    size = max(abs(first), 1e-12)
    order = np.random.default_rng(0).permutation(len(target))
    made = StepTrial(first, abs(again - first) / size, abs(run(tf.constant(target[order])) - first) / size,
                     target_rank=target.ndim, prediction_rank=p.ndim)  # fmt: skip
    shape = (len(target), *p.shape[1:])
    if target.ndim != p.ndim and target.size == int(np.prod(shape)) and not late():
        with contextlib.suppress(Exception):
            made = replace(made, ranked=abs(run(tf.constant(target.reshape(shape))) - first) / size)
    return made


def _as(template: Any, y: np.ndarray) -> Any:
    """A single target in the nesting it came in."""
    if isinstance(template, dict):
        return {k: _as(v, y) for k, v in template.items()}
    if isinstance(template, list):
        return [_as(v, y) for v in template]
    return y


def reach(model: Any, log: ModelLog, split: Split, step: Seen | None, moved: dict[str, float | None]) -> Reach | None:
    """Which trainable weights get a gradient; a weight that gets none is changed to see whether the loss needs it."""
    import tensorflow as tf

    batch = batch_of(log, split, slice(0, min(MAX_ROWS, len(split.x[0]))))
    variables = list(model.trainable_variables)
    if step is not None:
        source = "train_step"
        without = [v for v in variables if id(v) in step.gradients and step.gradients[id(v)][1] is None]
    else:
        source = "compiled loss"
        with tf.GradientTape() as tape:
            loss = compute_loss(model, batch, forward(model, batch, training=True), training=True)
        if loss is None:
            return None
        found = tape.gradient(loss, [v.value for v in variables])
        without = [v for v, g in zip(variables, found, strict=True) if g is None]
    still = [v for v in without if not moved.get(str(v.path))]
    cut = _needed(model, batch, still[:40])
    sizes = {id(v): int(np.prod(v.shape)) for v in variables}
    return Reach(
        cut=tuple(cut), reached=len(variables) - len(without), source=source,
        parameters_cut=sum(sizes[id(v)] for v in still), parameters=sum(sizes.values()),
        deaf_inputs=_deaf(model, log, split) if 2 <= len(split.x) <= 8 else (),
    )  # fmt: skip


def _needed(model: Any, batch: Batch, variables: list[Any]) -> list[tuple[str, float, float | None]]:
    """How far outputs and loss move when a weight is changed, relative to their size."""
    import keras

    if not variables:
        return []

    def output() -> tuple[np.ndarray, float | None]:
        made = forward(model, batch, training=False)
        loss = compute_loss(model, batch, made, training=False) if batch.y is not None else None
        leaves = [np.asarray(keras.ops.convert_to_numpy(t), dtype=np.float64).ravel() for t in keras.tree.flatten(made)]
        return np.concatenate(leaves), None if loss is None else float(loss)

    rng = np.random.default_rng(0)
    before, loss = output()
    noise = float(np.abs(output()[0] - before).max())
    size = max(float(np.abs(before).max()), 1e-12)
    made: list[tuple[str, float, float | None]] = []
    for v in variables:
        value = np.asarray(v.value.numpy(), dtype=np.float64)
        with Frozen(model):
            v.assign(value + rng.normal(0, max(float(value.std()), 0.1) * 2, value.shape))
            after, other = output()
        change = max(0.0, float(np.abs(after - before).max()) - 2 * noise) / size
        lost = None if loss is None or other is None else abs(other - loss) / max(abs(loss), 1e-12)
        made.append((str(v.path), change, lost))
    return made


def _deaf(model: Any, log: ModelLog, split: Split) -> tuple[int, ...]:
    """Inputs whose rows may be exchanged without any change of outputs and losses, though the rows differ."""
    rows = min(MAX_ROWS, len(split.x[0]))

    def seen(one: Split) -> tuple[np.ndarray, float]:
        batch = batch_of(log, one, slice(0, rows))
        with Frozen(model):
            made = forward(model, batch, training=False)
            loss = compute_loss(model, batch, made, training=False)
        return np.concatenate([a.ravel() for a in flat(made)]), float(loss) if loss is not None else 0.0

    (before, lost), (again, lost_again) = seen(split), seen(split)
    if not np.array_equal(before, again, equal_nan=True) or lost != lost_again:
        return ()
    found: list[int] = []
    for i, x in enumerate(split.x):
        other = np.roll(x[:rows], 1, axis=0)
        if np.array_equal(other, x[:rows]):
            continue
        after, now = seen(replace(split, x=(*split.x[:i], np.concatenate([other, x[rows:]]), *split.x[i + 1 :])))
        if np.array_equal(before, after, equal_nan=True) and now == lost:
            found.append(i)
    return tuple(found)
