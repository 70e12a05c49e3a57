"""Reduces what a step showed to one small vector, in the graph (or eagerly); `Layout` says what stands where."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from traindx.facts.dynamics import LAYER_STATISTICS, TappedLayer, TappedVariable
from traindx.probes.describe import activation_name
from traindx.probes.replay import SATURATION
from traindx.probes.taps.seen import Seen

MAX_ELEMENTS = 1 << 16
"""Shares and spreads are taken over the first rows with about this many values; non-finite counts over all."""
MAX_UNITS = 1024
MAX_DENSE = 1 << 22
PER_LAYER, PER_VARIABLE = len(LAYER_STATISTICS), 5
STEP = ("loss", "prediction_mean", "prediction_spread", "prediction_row_spread", "prediction_non_finite", "scale")


@dataclass
class Layout:
    """The order of the vector: step, inputs, layers, variables; and of the activity flags of units."""

    layers: list[TappedLayer] = field(default_factory=list)
    variables: list[TappedVariable] = field(default_factory=list)
    live: list[Any] = field(default_factory=list)
    inputs: list[str] = field(default_factory=list)
    units: list[int] = field(default_factory=list)
    ids: list[int] = field(default_factory=list)
    skipped: int = 0
    loss_seen: bool = False
    dynamic_scale: bool = False

    def order(self, moved: dict[int, float]) -> np.ndarray:
        """Update norms by variable id in the order of `variables`."""
        return np.array([moved.get(i, math.nan) for i in self.ids], np.float32)

    def unpack(self, vector: np.ndarray) -> tuple[dict[str, float], np.ndarray, np.ndarray, np.ndarray]:
        """(step values by name, non-finite count per input, (layers, 8), (variables, 5))."""
        at = len(STEP)
        step = dict(zip(STEP, vector[:at].tolist(), strict=True))
        inputs = vector[at : at + len(self.inputs)]
        at += len(self.inputs)
        cut = at + PER_LAYER * len(self.layers)
        return step, inputs, vector[at:cut].reshape(-1, PER_LAYER), vector[cut:].reshape(-1, PER_VARIABLE)


def leaves(data: Any) -> list[tuple[str, Any]]:
    """The floating or integer leaves of a batch with their names: `input 0`, `target 0`, `weight 0`."""
    import keras

    parts = data if isinstance(data, tuple | list) and len(data) <= 3 else (data,)
    found: list[tuple[str, Any]] = []
    for role, part in zip(("input", "target", "sample weight"), parts, strict=False):
        flat = [t for t in keras.tree.flatten(part) if hasattr(t, "dtype") and hasattr(t, "shape")]
        found += [(f"{role} {i}", t) for i, t in enumerate(flat)]
    return found


def summarize(seen: Seen, named: list[tuple[str, Any]], layout: Layout) -> tuple[Any, Any]:
    """(vector of float32, activity flags of units) of one step; fills `layout`."""
    import tensorflow as tf

    fresh = Layout(skipped=seen.skipped, loss_seen=bool(seen.losses))
    fresh.dynamic_scale = any(hasattr(a.optimizer, "inner_optimizer") for a in seen.applied)
    out: list[Any] = list(_step(seen))
    for name, tensor in named:
        if getattr(tf.as_dtype(tensor.dtype), "is_floating", False) and not isinstance(tensor, tf.SparseTensor):
            fresh.inputs.append(name)
            out.append(_bad(tf.convert_to_tensor(tensor)))
    owners: dict[int, int] = {}
    flags: list[Any] = []
    for layer, tensor in seen.outputs:
        for variable in layer.trainable_variables:
            owners.setdefault(id(variable), len(fresh.layers))
        out += _layer(layer, tensor, fresh, flags)
    for applied in seen.applied:
        for gradient, variable in zip(applied.gradients, applied.variables, strict=False):
            out += _variable(gradient, variable, applied.scale, owners, fresh)
    layout.__dict__.update(fresh.__dict__)
    vector = tf.stack([tf.cast(t, tf.float32) for t in out])
    return vector, tf.concat(flags, 0) if flags else tf.zeros([0], tf.bool)


def _bad(tensor: Any) -> Any:
    import tensorflow as tf

    return tf.reduce_sum(tf.cast(tf.math.logical_not(tf.math.is_finite(tensor)), tf.float32))


def _clean(tensor: Any) -> Any:
    import tensorflow as tf

    return tf.where(tf.math.is_finite(tensor), tensor, tf.zeros_like(tensor))


def _step(seen: Seen) -> list[Any]:
    import tensorflow as tf

    nan = tf.constant(math.nan)
    scale = next((a.scale for a in seen.applied if a.scale is not None), None)
    scale = tf.ones([]) if scale is None else tf.cast(scale, tf.float32)
    loss = tf.reduce_sum(tf.cast(seen.losses[0], tf.float32)) / scale if seen.losses else nan
    outputs = [t for t in seen.predictions if t.shape.rank and t.shape.rank >= 1]
    if not outputs:
        return [loss, nan, nan, nan, tf.zeros([]), scale]
    first = getattr(outputs[0], "_keras_logits", outputs[0])
    first = tf.cast(first if seen.mine(first) else outputs[0], tf.float32)
    view = _clean(_rows(first))
    bad = sum((_bad(t) for t in outputs), tf.zeros([]))
    spread = tf.reduce_mean(tf.math.reduce_std(view, axis=0))
    return [loss, tf.reduce_mean(view), tf.math.reduce_std(view), spread, bad, scale]


def _rows(tensor: Any) -> Any:
    """The first rows, about `MAX_ELEMENTS` values of them, at least 8 rows."""
    shape = tensor.shape
    if shape.rank > 1 and shape[1:].is_fully_defined():
        return tensor[: max(8, MAX_ELEMENTS // max(1, int(np.prod(shape[1:]))))]
    return tensor


def _layer(layer: Any, tensor: Any, layout: Layout, flags: list[Any]) -> list[Any]:
    import tensorflow as tf

    activation = activation_name(layer)
    view = tf.cast(_rows(tensor), tf.float32)
    clean = _clean(view)
    axes = list(range(tensor.shape.rank - 1)) or [0]
    zero = tf.equal(view, 0.0)
    low, high = SATURATION.get(activation or "", (-math.inf, math.inf))
    beyond = tf.logical_or(clean < low, clean > high) if activation in SATURATION else tf.zeros_like(zero)
    units = tensor.shape[-1] if tensor.shape.rank > 1 and tensor.shape[-1] is not None else 0
    active = tf.logical_not(tf.reduce_all(zero, axis=axes)) if units else tf.ones([1], tf.bool)
    kept = min(units, MAX_UNITS) if units else 1
    flags.append(tf.reshape(active, [-1])[:kept])
    layout.units.append(kept)
    layout.live.append(layer)
    layout.layers.append(TappedLayer(
        layer.name, str(getattr(layer, "path", "") or layer.name), type(layer).__name__, activation, int(units),
        str(getattr(layer, "compute_dtype", "float32"))))  # fmt: skip
    return [
        tf.reduce_mean(clean), tf.math.reduce_std(clean), tf.reduce_mean(tf.math.reduce_std(clean, axis=0)),
        _share(zero), _share(beyond), 1.0 - _share(active), tf.reduce_max(tf.abs(clean)), _bad(tensor),
    ]  # fmt: skip


def _share(flags: Any) -> Any:
    import tensorflow as tf

    return tf.reduce_mean(tf.cast(flags, tf.float32))


def _variable(gradient: Any, variable: Any, scale: Any, owners: dict[int, int], layout: Layout) -> list[Any]:
    import tensorflow as tf

    sparse = isinstance(gradient, tf.IndexedSlices)
    path = str(getattr(variable, "path", None) or variable.name)
    depth = owners.get(id(variable), -1)
    layer = layout.layers[depth].name if depth >= 0 else path.split("/")[-2] if "/" in path else ""
    shape = tuple(int(s) for s in variable.shape)
    layout.ids.append(id(getattr(variable, "_value", variable)))
    layout.variables.append(TappedVariable(path, layer, shape, depth, sparse, gradient is not None))
    value = tf.cast(tf.convert_to_tensor(getattr(variable, "value", variable)), tf.float32)
    weight = [tf.norm(_clean(value)), _bad(value)]
    if gradient is None:
        return [*weight, tf.constant(math.nan), tf.constant(math.nan), tf.zeros([])]
    dense = _dense(gradient, shape) if sparse else gradient
    bad = _bad(dense)
    dense = tf.cast(dense, tf.float32)
    zero = _share(tf.equal(tf.cast(gradient.values, tf.float32) if sparse else dense, 0.0))
    clean = _clean(dense)
    if scale is not None:
        clean = clean / tf.cast(scale, tf.float32)
    peak = tf.maximum(tf.reduce_max(tf.abs(clean)), 1e-30)  # norm without overflow of the squares
    return [*weight, peak * tf.norm(clean / peak), zero, bad]


def _dense(slices: Any, shape: tuple[int, ...]) -> Any:
    """Rows that occur twice add up before the norm is taken; very large tables keep one row per occurrence."""
    import tensorflow as tf

    if int(np.prod(shape, dtype=np.int64)) > MAX_DENSE:
        return slices.values
    return tf.math.unsorted_segment_sum(slices.values, slices.indices, shape[0])
