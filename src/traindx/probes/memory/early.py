"""The prediction before `fit`: a cheap sum first, the traced step only where that sum says that memory may be short."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from traindx.facts.compute import StepMemory
from traindx.probes.describe import describe_losses, leaf_layers
from traindx.probes.memory.limits import device, host_free
from traindx.probes.memory.predict import bytes_of, slot_count, step_memory

WORTH = 0.25
"""Share of the free memory from which the step is traced: the cheap sum leaves out temporaries, which at most double or
triple it in the models of `tools/bench_memory.py`."""


def before_fit(log: Any, given: dict[str, Any], source: str, sites: Any) -> StepMemory | None:
    """The step's memory, where a model of known shapes is about to be trained on arrays and may come near the limit.

    Tracing runs the layers' Python code: a model with layers or losses of the program's own is left alone before it runs.
    """
    model = log.model()
    if model is None or not model.built or source not in ("numpy", "tensor", "pandas") or not log.batch_size:
        return None
    where, limit = device()
    free = host_free() if where == "host" else limit
    if free is None or cheap(model, log.batch_size) < WORTH * free or not plain(model):
        return None
    x, y = given.get("x"), given.get("y")
    if source == "pandas":
        x, y = np.asarray(given["x"][:1]), None if y is None else np.asarray(y[:1])
    return step_memory(model, x, y, batch=log.batch_size, sites=sites)


def plain(model: Any) -> bool:
    """Whether model, layers and losses are Keras' own."""
    own = all(type(x).__module__.startswith("keras.") for x in (model, *leaf_layers(model)))
    return own and bool(getattr(model, "compiled", False)) and all(x.kind != "custom" for x in describe_losses(model))


def cheap(model: Any, batch: int) -> float:
    """Bytes of weights, gradients and optimizer state, and of every layer's output for one batch, from shapes alone."""
    slots = slot_count(model.optimizer) if getattr(model, "optimizer", None) is not None else 0
    total = bytes_of(model.variables) + (1 + slots) * bytes_of(model.trainable_variables)
    for layer in leaf_layers(model):
        try:
            shape = layer.output.shape
        except (AttributeError, ValueError):
            continue
        total += 4 * batch * math.prod(n or 1 for n in shape[1:])
    return float(total)
