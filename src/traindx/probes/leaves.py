"""Tensors within what a step of the program's own is given and what it gives."""

from __future__ import annotations

from typing import Any

import numpy as np

from traindx.probes.workers.distributed import per_replica, whole


def leaves(value: Any) -> list[Any]:
    """What stands at the ends of nested dicts, lists and tuples."""
    if isinstance(value, dict):
        return [x for v in value.values() for x in leaves(v)]
    if isinstance(value, list | tuple):
        return [x for v in value for x in leaves(v)]
    return [value]


def concrete(value: Any) -> bool:
    """Whether a value holds numbers now, and is no symbol of a graph."""
    return isinstance(value, np.ndarray) or hasattr(value, "numpy") or type(value).__name__ == "DataFrame"


def is_loss(value: Any) -> bool:
    """Whether a result is one float: what a step returns as its loss."""
    shape = getattr(value, "shape", None)
    return shape is not None and len(shape) == 0 and "float" in str(value.dtype)


def scalar(value: Any) -> float | None:
    """A tensor's mean as a float; None where it holds no numbers."""
    try:
        array = np.asarray(value.numpy() if hasattr(value, "numpy") else value, dtype=np.float64)
    except (TypeError, ValueError, NotImplementedError, AttributeError):
        return None
    return float(array.mean()) if array.size and value is not None else None


def tensor_arguments(args: tuple[Any, ...], kwargs: dict[str, Any]) -> list[Any]:
    """Arguments that become inputs of the graph, in its order: tensors and arrays, composites opened.

    In the place of each replica's part of a distributed value stands the whole of it.
    """
    import tensorflow as tf

    found: list[Any] = []
    for value in tf.nest.flatten((args, kwargs)):
        parts = per_replica(value)
        if parts is not None:
            found += [whole(value)] * len(parts)
        else:
            opened = tf.nest.flatten(value, expand_composites=True)
            found += [v for v in opened if isinstance(v, np.ndarray | tf.Tensor)]
    return found


def model_in(args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """The one model among a function's arguments."""
    found = [v for v in (*args, *kwargs.values()) if hasattr(v, "train_step")]
    return found[0] if len(found) == 1 else None


def gradients_in(out: Any, model: Any) -> list[Any]:
    """The leaves of a function's result that have the shapes of the model's trainable weights, in order."""
    shapes = [tuple(w.shape) for w in model.trainable_weights]
    found = [v for v in leaves(out) if hasattr(v, "shape")]
    for at in range(len(found) - len(shapes) + 1):
        if [tuple(v.shape) for v in found[at : at + len(shapes)]] == shapes:
            return found[at : at + len(shapes)]
    return []
