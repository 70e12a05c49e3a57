"""Copies of what a step starts from: weights, statistics, seeds, optimizer. Reading shares memory until written."""

from __future__ import annotations

import os
from typing import Any

import numpy as np


def plain(variable: Any) -> list[Any]:
    """The TensorFlow variables behind a Keras variable: one, or one for each replica of a strategy."""
    value = getattr(variable, "_value", variable)
    return list(getattr(value, "_values", (value,)))


def model_variables(model: Any) -> list[Any]:
    """The TensorFlow variables a forward and backward pass may read: weights, statistics and seed states."""
    from keras.src.backend.common.global_state import get_global_attribute

    found = [p for v in model.variables for p in plain(v)]
    shared = get_global_attribute("global_seed_generator")
    if shared is not None:
        found += plain(shared.state)
    return unique(found)


def optimizer_variables(model: Any, optimizer: Any = None) -> list[Any]:
    """The variables of the optimizer, of one of a custom loop, or of all that a model holds as attributes."""
    owners = [getattr(model, "optimizer", None), optimizer]
    owners += [v for v in vars(model).values() if hasattr(v, "apply_gradients") and v is not owners[0]]
    return unique([p for o in owners if o is not None for v in o.variables for p in plain(v)])


def trainable(model: Any) -> list[Any]:
    """The trainable TensorFlow variables."""
    return unique([p for v in model.trainable_variables for p in plain(v)])


def unique(variables: list[Any]) -> list[Any]:
    """Each variable once, in order."""
    return list({id(v): v for v in variables}.values())


def read(variables: list[Any]) -> list[Any]:
    """The values as they are now; a later write by the program copies instead of overwriting."""
    import tensorflow as tf

    return [tf.raw_ops.ReadVariableOp(resource=v.handle, dtype=v.dtype) for v in variables]


def write(variables: list[Any], values: list[Any]) -> None:
    """Put values back."""
    for variable, value in zip(variables, values, strict=True):
        variable.assign(value, read_value=False)


def size(variables: list[Any]) -> int:
    """Bytes of these variables."""
    return sum(int(np.prod(v.shape, dtype=np.int64)) * v.dtype.size for v in variables)


def finite(values: list[Any]) -> bool:
    """Whether all floating values are finite."""
    for value in values:
        if value.dtype.is_floating:
            array = value.numpy()
            with np.errstate(all="ignore"):
                total = np.sum(array.astype(np.float32) if array.dtype.itemsize < 4 else array)
            if not np.isfinite(total) and not np.isfinite(array.astype(np.float32)).all():
                return False
    return True


def resident() -> int:
    """Bytes of memory this process holds; 1 GiB where the system does not tell."""
    try:
        with open("/proc/self/statm", encoding="ascii") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError):
        return 1 << 30
