"""TensorFlow variables that a layer of the program's own holds and Keras 3 does not know: no optimizer of `fit` moves them."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

MAX_NAMED = 8


def untracked(model: Any) -> tuple[str, ...]:
    """`layer/attribute (shape)` of each trainable tf.Variable of two numbers or more that is none of the model's weights."""
    import tensorflow as tf

    mine = {id(getattr(w, "value", w)) for w in model.variables} | {id(w) for w in model.variables}
    found: list[str] = []
    for layer in model._flatten_layers():
        if type(layer).__module__.startswith("keras."):
            continue
        for name, value in _held(layer):
            if isinstance(value, tf.Variable) and value.trainable and value.dtype.is_floating and id(value) not in mine:
                shape = tuple(value.shape)
                if all(d is not None for d in shape) and math.prod(shape) > 1:
                    found.append(f"{layer.name}/{name} {shape}")
    return tuple(found[:MAX_NAMED])


def _held(layer: Any) -> Iterator[tuple[str, Any]]:
    for name, value in vars(layer).items():
        if name.startswith("_"):
            continue
        yield name, value
        for i, item in enumerate(value if isinstance(value, list | tuple) else ()):
            yield f"{name}[{i}]", item
