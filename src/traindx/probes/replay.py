"""After the run: forward and backward passes on the sample with the first and the last weights, on live models.

Everything touched is put back: weights, batch statistics and random seeds of the model are saved and restored.
"""

from __future__ import annotations

import math
import time
import weakref
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from traindx.facts.observation import InputUse, LayerState, Replay, Split, VariableState
from traindx.probes.attach import LayerTap
from traindx.probes.input_use import input_use
from traindx.probes.layer_signal import SignalProbe
from traindx.probes.modellog import ModelLog, fill

SATURATION = {"sigmoid": (0.02, 0.98), "tanh": (-0.96, 0.96), "hard_sigmoid": (1e-6, 1 - 1e-6), "softsign": (-0.9, 0.9)}
"""Outputs beyond these count as saturated: the derivative is below 8 % of its greatest (sigmoid: s(1-s) / 0.25)."""

MAX_BATCH = 256
MAX_PREDICTED = 2048


class Frozen:
    """Saves every variable of a model, and of its optimizer where one is given, on entry and restores it on exit."""

    def __init__(self, model: Any, optimizer: Any = None) -> None:
        self.variables = list(model.variables)
        others = [*getattr(model, "metrics_variables", []), *getattr(optimizer, "variables", ())]
        self.variables += [v for v in others if all(v is not w for w in self.variables)]

    def __enter__(self) -> Frozen:
        import tensorflow as tf

        self.saved = [tf.identity(v.value) for v in self.variables]
        return self

    def __exit__(self, *_: object) -> None:
        for variable, value in zip(self.variables, self.saved, strict=True):
            variable.assign(value)


@dataclass(frozen=True)
class Batch:
    """Rows of the training sample in the structure the model takes; `loss` is a custom loop's own, if it had one."""

    x: Any
    y: Any
    weight: Any
    rows: int
    loss: Any = None


def batch_of(log: ModelLog, split: Split, rows: slice | np.ndarray) -> Batch:
    """Some rows of a split, nested as the program handed them over."""
    shape_x, shape_y = log.templates[split.role]
    x = fill(shape_x, tuple(a[rows] for a in split.x))
    y = fill(shape_y, tuple(a[rows] for a in split.y)) if split.y else None
    weight = split.sample_weight[rows] if split.sample_weight is not None else None
    return Batch(x, y, weight, len(split.x[0][rows]), log.loop_loss)


def tensors(value: Any) -> Any:
    """Arrays as tensors in the same nesting; float64 as float32, as Keras feeds them."""
    import tensorflow as tf

    if value is None:
        return None
    if isinstance(value, dict):
        return {k: tensors(v) for k, v in value.items()}
    if isinstance(value, list):
        return [tensors(v) for v in value]
    array = np.asarray(value)
    return tf.constant(array.astype("float32") if array.dtype == np.float64 else array)


def forward(model: Any, batch: Batch, training: bool, eager: bool = False) -> Any:
    """The model's output on a batch, with `training` where the model takes it.

    A recurrent model in inference mode is compiled: its steps one by one cost a second for a sequence of 200. `eager`: its
    layers are to be seen one by one.
    """
    x = tensors(batch.x)
    compiled = None if training or eager else in_inference(model)
    if compiled is not None:
        try:
            return compiled(x)
        except Exception:  # noqa: BLE001 - a program's own layer may run eagerly only
            _COMPILED[model] = None
    return _called(model, x, training)


_COMPILED: weakref.WeakKeyDictionary[Any, Any] = weakref.WeakKeyDictionary()


def in_inference(model: Any) -> Any:
    """The model in inference mode as a compiled function, where it is recurrent and not asked to run eagerly; else None."""
    import tensorflow as tf

    if model not in _COMPILED:
        loops = any(hasattr(x, "cell") for x in model._flatten_layers()) and not getattr(model, "run_eagerly", False)
        function = tf.function(lambda x: _called(model_of(), x, False), reduce_retracing=True) if loops else None
        model_of = weakref.ref(model)
        _COMPILED[model] = function
    return _COMPILED[model]


def _called(model: Any, x: Any, training: bool) -> Any:
    return model(x, training=training) if getattr(model, "_call_has_training_arg", True) else model(x)


def compute_loss(model: Any, batch: Batch, output: Any, training: bool) -> Any:
    """The compiled loss on an output, as `fit` would compute it; None where the model has none."""
    if getattr(model, "_compile_loss", None) is None and type(model).compute_loss is _base_compute_loss():
        return None if batch.loss is None or batch.y is None else tf_mean(batch.loss(tensors(batch.y), output))
    found = model._compute_loss(
        x=tensors(batch.x), y=tensors(batch.y), y_pred=output,
        sample_weight=tensors(batch.weight), training=training,
    )  # fmt: skip
    return found


def tf_mean(losses: Any) -> Any:
    """The mean over rows of a loss that a custom loop may have kept per row."""
    import tensorflow as tf

    return tf.reduce_mean(losses)


def _base_compute_loss() -> Any:
    from keras.src.trainers.trainer import Trainer

    return Trainer.compute_loss


def predict(model: Any, log: ModelLog, split: Split, rows: int = MAX_PREDICTED, seconds: float = 2.0) -> tuple[np.ndarray, ...]:
    """The model's outputs in inference mode on the first sampled rows, (rows, ...) each; fewer when slow."""
    parts: list[list[np.ndarray]] = []
    began, done, total = time.perf_counter(), 0, min(rows, len(split.x[0]))
    while done < total and (time.perf_counter() - began < seconds or not parts):
        batch = batch_of(log, split, slice(done, min(total, done + MAX_BATCH)))
        outputs = flat(forward(model, batch, training=False))
        parts.append([np.asarray(o, dtype=np.float64) if o.dtype.kind in "fV" else np.asarray(o) for o in outputs])
        done += batch.rows
    return tuple(np.concatenate(p) for p in zip(*parts, strict=True))


def flat(output: Any) -> list[np.ndarray]:
    """A model's output as a flat list of arrays, dicts by sorted key as Keras does."""
    import keras

    return [np.asarray(keras.ops.convert_to_numpy(keras.ops.cast(t, "float32") if "float" in str(t.dtype) else t))
            for t in keras.tree.flatten(output)]  # fmt: skip


def layer_state(layer: Any, output: np.ndarray, activation: str | None) -> LayerState:
    """Statistics of one layer's output, (rows, ..., units)."""
    finite = np.isfinite(output)
    clean = np.where(finite, output, 0.0).astype(np.float64)
    rows = clean.reshape(len(clean), -1)
    units = clean.reshape(-1, clean.shape[-1]) if clean.ndim > 1 else clean[:, None]
    low, high = SATURATION.get(activation or "", (-np.inf, np.inf))
    spread = float(clean.std())
    return LayerState(
        name=layer.name, kind=type(layer).__name__, activation=activation, mean=float(clean.mean()), spread=spread,
        zero_share=float((clean == 0).mean()), saturated_share=float(((clean < low) | (clean > high)).mean()),
        dead_units=float((units == 0).all(axis=0).mean()),
        constant_units=float((np.ptp(units, axis=0) <= 1e-6 * (np.abs(units).max(axis=0) + 1e-12)).mean()),
        row_spread=float(rows.std(axis=0).mean()), non_finite=int((~finite).sum()), units=units.shape[1],
    )  # fmt: skip


def gradients(model: Any, batch: Batch) -> tuple[float | None, float, float | None, list[Any]]:
    """(training loss, penalty, inference loss, gradient per trainable variable or None each)."""
    import tensorflow as tf

    with tf.GradientTape() as tape:
        output = forward(model, batch, training=True)
        loss = compute_loss(model, batch, output, training=True)
    if loss is None:
        return None, 0.0, None, []
    penalty = float(sum((float(x) for x in model.losses), 0.0))
    found = tape.gradient(loss, [v.value for v in model.trainable_variables])
    plain = compute_loss(model, batch, forward(model, batch, training=False), training=False)
    return float(loss), penalty, float(plain), found


def variable_states(model: Any, found: list[Any], start: dict[str, np.ndarray]) -> tuple[VariableState, ...]:
    """Norm, gradient and way moved of every trainable variable."""
    import tensorflow as tf

    states: list[VariableState] = []
    for variable, gradient in zip(model.trainable_variables, found or [None] * 10_000, strict=False):
        value = np.asarray(variable.value.numpy(), dtype=np.float64)
        if isinstance(gradient, tf.IndexedSlices):
            gradient = tf.convert_to_tensor(gradient)
        g = np.asarray(gradient, dtype=np.float64) if gradient is not None else None
        first = start.get(str(variable.path))
        moved = None
        if first is not None and first.shape == value.shape:
            moved = float(np.linalg.norm(value - first) / max(np.linalg.norm(first), np.linalg.norm(value), 1e-30))
        states.append(VariableState(
            path=str(variable.path), layer=str(variable.path).split("/")[-2] if "/" in str(variable.path) else "",
            shape=tuple(int(s) for s in value.shape), norm=float(np.linalg.norm(np.where(np.isfinite(value), value, 0))),
            gradient_norm=None if g is None else float(np.linalg.norm(np.where(np.isfinite(g), g, 0))),
            gradient_zero_share=0.0 if g is None else float((g == 0).mean()),
            gradient_non_finite=0 if g is None else int((~np.isfinite(g)).sum()),
            moved=moved, non_finite=int((~np.isfinite(value)).sum()), spread=float(value.std()), units_alike=_alike(value),
        ))  # fmt: skip
    return tuple(states)


def _alike(value: np.ndarray) -> float:
    """Share of output units (last axis) whose incoming weights equal those of another unit; 0 for vectors."""
    if value.ndim < 2 or value.shape[-1] < 2 or value.size > 1 << 22:
        return 0.0
    _, counts = np.unique(value.reshape(-1, value.shape[-1]), axis=1, return_counts=True)
    return float(counts[counts > 1].sum() / value.shape[-1])


ADAPTIVE = {"Adam", "AdamW", "Nadam", "Adamax", "RMSprop", "Lion"}
"""Rules whose step has about the size of the rate in every coordinate, whatever the gradient's size."""
FACTORS, SECONDS = (1.0, 0.1, 10.0, 100.0, 0.01, 1000.0, 0.001), 2.0
"""What is tried of the rate, the most telling first, as long as that many seconds have not gone by."""


def step_losses(model: Any, batch: Batch, found: list[Any], plain: float, optimizer: Any) -> tuple[tuple[float, float], ...]:
    """(factor, loss): inference loss on the batch after one step of the optimizer's rule at its rate times factor.

    The rule is taken at its first step: the sign of the gradient for adaptive rules (Kingma & Ba 2015: Adam's first
    step is the rate times the sign), the gradient over 1 - momentum for SGD. Weights are restored.
    """
    import tensorflow as tf

    optimizer = getattr(optimizer, "inner_optimizer", optimizer)
    kind = type(optimizer).__name__
    if kind not in ADAPTIVE | {"SGD"} or not math.isfinite(plain):
        return ()
    pairs = [(v, tf.convert_to_tensor(g)) for v, g in zip(model.trainable_variables, found, strict=True) if g is not None]
    if not pairs or any(not bool(tf.reduce_all(tf.math.is_finite(g))) for _, g in pairs):
        return ()
    rate = float(np.asarray(optimizer.learning_rate))
    scale = 1.0 / (1.0 - min(0.99, float(getattr(optimizer, "momentum", 0.0) or 0.0))) if kind == "SGD" else 1.0
    ways = [(v, tf.identity(v.value), tf.sign(g) if kind in ADAPTIVE else g * tf.cast(scale, g.dtype)) for v, g in pairs]
    losses, began = [(0.0, plain)], time.perf_counter()
    for factor in FACTORS:
        for variable, value, way in ways:
            variable.assign(value - tf.cast(rate * factor, value.dtype) * tf.cast(way, value.dtype))
        loss = compute_loss(model, batch, forward(model, batch, training=False), training=False)
        losses.append((factor, float(loss)))
        if time.perf_counter() - began > SECONDS:
            break
    for variable, value, _ in ways:
        variable.assign(value)
    return tuple(sorted(losses))


def scaled_steps(
    model: Any, batch: Batch, plain: dict[float, float], optimizer: Any
) -> tuple[tuple[float, float], ...]:
    """`step_losses` with standardised targets, where a step of SGD overshoots on targets of many numbers; else empty."""
    y = batch.y
    if not isinstance(y, np.ndarray) or y.dtype.kind not in "fiu" or plain.get(1.0, 0.0) <= plain.get(0.0, math.inf):
        return ()
    if type(getattr(optimizer, "inner_optimizer", optimizer)).__name__ != "SGD" or len(np.unique(y)) < max(3, len(y) // 10):
        return ()
    spread = y.std(axis=0, dtype=np.float64)
    unit = (y - y.mean(axis=0, dtype=np.float64)) / np.where(spread > 0, spread, 1.0)
    batch = replace(batch, y=unit.astype("float32"))
    _, _, loss, found = gradients(model, batch)
    return step_losses(model, batch, found, loss, optimizer) if loss is not None else ()


def replay(model: Any, log: ModelLog, split: Split, when: str, activation_of: dict[str, str | None]) -> Replay:
    """One forward and backward pass on up to 256 rows of the training sample with the weights the model has now."""
    batch = batch_of(log, split, slice(0, MAX_BATCH))
    states: dict[str, LayerState] = {}

    signal = SignalProbe(batch.y if when == "end" else None)

    def seen(layer: Any, given: Any, output: Any) -> None:
        signal(layer, given, output)
        if layer.name in activation_of and layer.name not in states and hasattr(output, "numpy") and len(output.shape):
            array = np.asarray(output.numpy(), dtype=np.float64) if output.dtype.is_floating else None
            if array is not None and array.size and array.size <= 1 << 24:
                states[layer.name] = layer_state(layer, array, activation_of[layer.name])

    note = ""
    with LayerTap(seen):
        forward(model, batch, training=False, eager=True)
    try:
        loss, penalty, plain, found = gradients(model, batch) if batch.y is not None or _own_loss(model) else (None, 0.0, None, [])
    except Exception as fault:  # noqa: BLE001 - the forward pass still counts
        loss, penalty, plain, found = None, 0.0, None, []
        note = f"no backward pass: {type(fault).__name__}: {fault}"[:300]
    if loss is None and not note:
        note = "the model has no compiled loss to replay"
    steps: tuple[tuple[float, float], ...] = ()
    optimizer = getattr(model, "optimizer", None) or log.loop_optimizer
    if plain is not None and optimizer is not None:
        steps = step_losses(model, batch, found, plain, optimizer)
    scaled = scaled_steps(model, batch, dict(steps), optimizer) if when == "start" else ()
    start = dict(zip(log.start_paths, log.start or [], strict=False))
    use = _use(model, batch) if when == "end" else ()
    layers = tuple(replace(s, signal=signal.found.get(s.name)) for s in states.values())
    return Replay(when, batch.rows, loss, penalty, plain, layers,
                  variable_states(model, found, start), note, steps, scaled, use)  # fmt: skip


def _use(model: Any, batch: Batch) -> tuple[InputUse, ...]:
    try:
        return input_use(lambda x: flat(forward(model, replace(batch, x=x), training=False)), batch.x)
    except Exception:  # noqa: BLE001 - a model may take whole batches only
        return ()


def _own_loss(model: Any) -> bool:
    return type(model).compute_loss is not _base_compute_loss()
