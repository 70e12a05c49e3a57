"""Whether gradients are lost to the range of half precision, by an experiment on one batch."""

from __future__ import annotations

from typing import Any

import numpy as np

FACTOR = 1024.0


def underflow(model: Any, data: Any) -> dict[str, float]:
    """Per trainable variable the share of its gradient that is zero, and is not when the loss is 1024 times larger.

    Empty where the program scales the loss itself.
    """
    optimizer = getattr(model, "optimizer", None)
    if hasattr(optimizer, "inner_optimizer") or getattr(optimizer, "loss_scale_factor", None):
        return {}
    plain, scaled = _gradients(model, data, 1.0), _gradients(model, data, FACTOR)
    found: dict[str, float] = {}
    for variable, a, b in zip(model.trainable_variables, plain, scaled, strict=False):
        if a is not None and b is not None and a.shape == b.shape and a.size:
            found[str(variable.path)] = float(((a == 0) & (b != 0) & np.isfinite(b)).mean())
    return found


def _gradients(model: Any, data: Any, factor: float) -> list[Any]:
    import keras
    import tensorflow as tf

    x, y, weight = keras.utils.unpack_x_y_sample_weight(data)
    with tf.GradientTape() as tape:
        output = model(x, training=False) if model._call_has_training_arg else model(x)
        loss = model._compute_loss(x=x, y=y, y_pred=output, sample_weight=weight, training=True)
        loss = loss * tf.cast(factor, loss.dtype)
    found = tape.gradient(loss, [getattr(v, "_value", v) for v in model.trainable_variables])
    return [None if g is None or isinstance(g, tf.IndexedSlices) else np.asarray(g, np.float64) for g in found]
