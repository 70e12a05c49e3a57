"""Memory of one training step from its graph: traced for a batch, never run."""

from __future__ import annotations

import math
import re
from collections import Counter
from typing import Any

import numpy as np

from traindx.facts.compute import Part, StepMemory
from traindx.probes.describe import leaf_layers
from traindx.probes.memory.limits import device, host_free
from traindx.probes.memory.liveness import Peak, peak, threads

SLOTS = {
    "Adam": 2, "AdamW": 2, "Nadam": 2, "Adamax": 2, "RMSprop": 1, "Adagrad": 1, "Adadelta": 2, "Ftrl": 2, "Lion": 1, "Lamb": 2,
}  # fmt: skip
"""Copies of the weights that an optimizer keeps beside them (keras/src/optimizers: `build`)."""
TEMPORARIES = 3
"""Tensors of a variable's size that its update makes (Adam: squared gradient, its difference, the step)."""

MANY = 64
"""How many times the batch is traced to see how the step grows: then activations outweigh what does not grow."""

FRAGMENTATION = 1.1
"""What the allocators hold beyond the tensors of a step; measured with `tools/bench_memory.py`: 3 to 15 % in models whose
tensors are larger than a megabyte."""


def bytes_of(variables: Any) -> int:
    """Bytes of some variables."""
    return sum(math.prod(v.shape) * np.dtype(_dtype(v)).itemsize for v in variables)


def _dtype(variable: Any) -> str:
    name = str(getattr(variable.dtype, "name", variable.dtype))
    return {"bfloat16": "float16", "float8_e4m3fn": "int8", "float8_e5m2": "int8"}.get(name, name)


def slot_count(optimizer: Any) -> int:
    """Copies of the trained weights that this optimizer will keep."""
    inner = getattr(optimizer, "inner_optimizer", optimizer)
    count = SLOTS.get(type(inner).__name__, 0)
    if type(inner).__name__ == "SGD":
        count = int(bool(getattr(inner, "momentum", 0)))
    if type(inner).__name__ == "RMSprop":
        count += int(bool(getattr(inner, "momentum", 0))) + int(bool(getattr(inner, "centered", False)))
    count += int(bool(getattr(inner, "amsgrad", False))) + int(bool(getattr(inner, "use_ema", False)))
    return count + int((getattr(inner, "gradient_accumulation_steps", None) or 1) > 1)


def specs(value: Any, rows: int) -> Any:
    """Tensor specifications of a nested batch with `rows` rows; float64 as float32, as Keras feeds it."""
    import tensorflow as tf

    def one(array: Any) -> Any:
        given = np.asarray(array) if not hasattr(array, "dtype") else array
        name = str(getattr(given.dtype, "name", given.dtype))
        return tf.TensorSpec((rows, *given.shape[1:]), "float32" if name == "float64" else name)

    return None if value is None else tf.nest.map_structure(one, value)


def own_batch(model: Any) -> tuple[Any, Any]:
    """One row of inputs and targets as the model's inputs, outputs and loss want them.

    Raises:
        ValueError: the model's input shapes are not known (built from a call), or an axis beside the rows is unknown.
    """
    inputs = getattr(model, "inputs", None)
    if not inputs:
        raise ValueError("the model does not know its input shapes: give a batch (x, y)")
    x = [_zeros(t) for t in inputs]
    names = str(getattr(model, "loss", "")).lower()
    sparse = "sparse" in names or "sparse" in type(getattr(model, "loss", None)).__name__.lower()
    y = [np.zeros(_shape(t)[:-1], np.int32) if sparse else _zeros(t) for t in model.outputs]
    return (x[0] if len(x) == 1 else x), (y[0] if len(y) == 1 else y)


def _shape(tensor: Any) -> tuple[int, ...]:
    if any(n is None for n in tensor.shape[1:]):
        raise ValueError(f"{tensor.name} has an axis of unknown length: give a batch (x, y)")
    return (1, *(int(n) for n in tensor.shape[1:]))


def _zeros(tensor: Any) -> np.ndarray:
    return np.zeros(_shape(tensor), str(getattr(tensor.dtype, "name", tensor.dtype)))


def step_memory(model: Any, x: Any, y: Any = None, weight: Any = None, *, batch: int, optimizer: Any = None,
                sites: Any = None) -> StepMemory:  # fmt: skip
    """What one training step on `batch` rows will need; nothing is run and no variable is made.

    `x`, `y`, `weight`: any rows of the training data (only shapes and dtypes are read). The greatest batch that fits is
    `StepMemory.largest_batch`. Raises what tracing the model raises.
    """
    optimizer = optimizer if optimizer is not None else getattr(model, "optimizer", None)
    found, many = _traced(model, optimizer, x, y, weight, batch), MANY * batch
    few, most = (_traced(model, optimizer, x, y, weight, rows).bytes for rows in (many // 2, many))
    per_row = max(0.0, (most - few) / (many - many // 2))
    weights, trained = bytes_of(model.variables), bytes_of(model.trainable_variables)
    built = bool(getattr(optimizer, "built", False))
    slots = bytes_of(optimizer.variables) if built else slot_count(optimizer) * trained
    where, limit = device()
    return StepMemory(
        batch=batch, weights=weights, slots=slots, step=int(FRAGMENTATION * found.bytes), per_row=FRAGMENTATION * per_row,
        base=FRAGMENTATION * (most - per_row * many), device=where, limit=limit,
        parts=_parts(model, found, slots / max(1, trained), sites), free=host_free() if where == "host" else limit,
        held=weights + (slots if built else 0) if where == "host" else 0, operation=found.operation,
    )  # fmt: skip


def _traced(model: Any, optimizer: Any, x: Any, y: Any, weight: Any, rows: int) -> Peak:
    import tensorflow as tf

    given = tuple(specs(v, rows) for v in (x, y, weight))
    if optimizer is not None and optimizer.built and getattr(model, "compiled", False) and model.optimizer is optimizer:
        data = given if weight is not None else given[:2] if y is not None else given[:1]
        return peak(tf.function(lambda data: model.train_step(data)).get_concrete_function(data).graph, threads())
    step = _gradients(model)
    found = peak(tf.function(step).get_concrete_function(*given).graph, threads())
    trained = list(model.trainable_variables)
    update = bytes_of(trained) + TEMPORARIES * max((bytes_of([v]) for v in trained), default=0)
    return found if found.bytes >= update else Peak(update, "optimizer", [(v.path, bytes_of([v])) for v in trained])


def _gradients(model: Any) -> Any:
    """A step up to its gradients, for an optimizer that has no state yet."""
    import tensorflow as tf

    def step(x: Any, y: Any, weight: Any) -> Any:
        with tf.GradientTape() as tape:
            output = model(x, training=True) if getattr(model, "_call_has_training_arg", True) else model(x)
            if getattr(model, "compiled", False):
                loss = model._compute_loss(x=x, y=y, y_pred=output, sample_weight=weight, training=True)
            else:
                loss = sum(tf.reduce_mean(tf.square(tf.cast(o, "float32"))) for o in tf.nest.flatten(output))
        return [g for g in tape.gradient(loss, [v.value for v in model.trainable_variables]) if g is not None]

    return step


def _parts(model: Any, found: Peak, slots_per_weight: float, sites: Any) -> tuple[Part, ...]:
    layers = {layer.name: layer for layer in leaf_layers(model)}
    step: Counter[str] = Counter()
    for operation, size in found.alive:
        step[layer_of(operation, layers)] += size
    made = [
        Part(
            name, type(layer).__name__,
            int(bytes_of(layer.variables) + slots_per_weight * bytes_of(layer.trainable_variables)), step.get(name, 0),
            sites.get(layer) if sites is not None else None,
        )
        for name, layer in layers.items()
    ]  # fmt: skip
    rest = sum(n for name, n in step.items() if name not in layers)
    made.append(Part("", "loss, optimizer and the rest", 0, rest))
    return tuple(sorted((p for p in made if p.bytes), key=lambda p: -p.bytes)[:20])


def layer_of(operation: str, layers: Any) -> str:
    """The layer in whose name scope an operation stands: the innermost part that is a layer's name; "" where none is."""
    for part in reversed(operation.split("/")):
        if part in layers:
            return part
        plain = part
        while (shorter := re.sub(r"_\d+$", "", plain)) != plain:  # a scope entered again is numbered
            plain = shorter
            if plain in layers:
                return plain
    return ""
