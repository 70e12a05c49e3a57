"""The statistics of one layer's output, one gradient, one weight; outside of the step where the tensor is small.

Inside the traced step the same statistics were two thirds of the cost of tracing it and running it first, and NumPy
takes a quarter of the time of small functions compiled for them.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from traindx.probes.replay import SATURATION

LARGE = 1 << 18
"""Tensors of more values are reduced by TensorFlow, and layer outputs inside the step: none of them leaves its device
or stays in memory until the step is over."""
MAX_ELEMENTS = 1 << 16
"""Shares and spreads are taken over the first rows with about this many values; non-finite counts over all."""
MAX_DENSE = 1 << 22
TINY = np.float32(1e-30)


def large(tensor: Any) -> bool:
    """Whether this tensor, of a size known beforehand, is above the limit."""
    return math.prod(n or 0 for n in tensor.shape) > LARGE


def _library(tensor: Any) -> Any:
    if not large(tensor):
        return np
    import tensorflow.experimental.numpy as tnp

    return tnp


def rows(tensor: Any) -> Any:
    """The first rows, about `MAX_ELEMENTS` values of them, at least 8 rows."""
    import tensorflow as tf

    shape = tensor.shape
    if shape.rank < 2 or not shape[1:].is_fully_defined():
        return tensor
    kept = max(8, MAX_ELEMENTS // max(1, math.prod(shape[1:])))
    if shape[0] is None:
        return tensor[:kept]
    # not a slice: that shares, and holds, the memory of the whole
    return tf.gather(tensor, np.arange(kept)) if shape[0] > kept else tensor


def bad(tensor: Any) -> Any:
    """How many values are not finite."""
    if hasattr(tensor, "numpy") and not large(tensor):
        return np.count_nonzero(np.logical_not(np.isfinite(np.asarray(tensor))))
    import tensorflow as tf

    return tf.reduce_sum(tf.cast(tf.math.logical_not(tf.math.is_finite(tensor)), tf.float32))


def of_layer(tensor: Any, activation: str | None) -> tuple[Any, ...]:
    """Mean, spread, spread over rows, shares of zeros, of saturated values and of dead units, largest; units that act."""
    xp, shape = _library(tensor), tensor.shape
    units = bool(len(shape) > 1 and shape[-1])
    if 0 in tuple(shape):
        return *[math.nan] * 7, np.zeros(shape[-1] if units else 1, bool)
    view = xp.asarray(tensor, np.float32)
    clean, zero = xp.where(xp.isfinite(view), view, 0), xp.equal(view, 0)
    beyond = xp.zeros(1)
    if activation in SATURATION:
        low, high = SATURATION[activation]
        beyond = xp.logical_or(xp.less(clean, low), xp.greater(clean, high))
    active = xp.logical_not(xp.all(zero, axis=tuple(range(len(shape) - 1)))) if units else np.ones(1, bool)
    return (
        xp.mean(clean), xp.std(clean), xp.mean(xp.std(clean, axis=0)), xp.mean(zero), xp.mean(beyond),
        1.0 - xp.mean(active), xp.max(xp.abs(clean)), active,
    )  # fmt: skip


def of_weight(value: Any) -> tuple[Any, Any]:
    """Norm, and count of values that are not finite."""
    xp = _library(value)
    weight = xp.asarray(value, np.float32)
    return _norm(xp, xp.where(xp.isfinite(weight), weight, 0)), bad(value)


def of_gradient(gradient: Any, shape: tuple[int, ...], scale: float) -> tuple[Any, Any, Any]:
    """Norm once unscaled, share of zeros, and count of values that are not finite."""
    if gradient is None:
        return math.nan, math.nan, 0.0
    given = getattr(gradient, "values", gradient)  # the rows of an embedding that were used
    whole = given if given is gradient else dense(gradient, shape)
    if 0 in tuple(whole.shape):
        return 0.0, math.nan, 0.0
    xp, among = _library(whole), _library(given)
    value = xp.asarray(whole, np.float32)
    clean = xp.where(xp.isfinite(value), value, 0) / np.float32(scale)
    peak = xp.maximum(xp.max(xp.abs(clean)), TINY)  # norm without overflow of the squares
    zeros = among.mean(among.equal(among.asarray(given, np.float32), 0))
    return peak * _norm(xp, clean / peak), zeros, bad(whole)


def _norm(xp: Any, value: Any) -> Any:
    return xp.sqrt(xp.sum(xp.square(value)))


def dense(slices: Any, shape: tuple[int, ...]) -> Any:
    """Rows that occur twice add up before the norm is taken; very large tables keep one row per occurrence."""
    import tensorflow as tf

    if math.prod(shape) > MAX_DENSE:
        return slices.values
    return tf.math.unsorted_segment_sum(slices.values, slices.indices, shape[0])
