"""Reads an allocation error: what was asked for, by which layer or array, and what the layers built so far take."""

from __future__ import annotations

import math
import re
from types import TracebackType
from typing import Any

import numpy as np

from traindx.facts.compute import Allocation, Part, StepMemory
from traindx.facts.findings import Location
from traindx.probes.callsite import is_user_file
from traindx.probes.describe import leaf_layers
from traindx.probes.hush import hushed
from traindx.probes.memory.limits import host_free, host_limit, resident
from traindx.probes.memory.predict import bytes_of, layer_of, slot_count, step_memory
from traindx.probes.replay import batch_of

OUT_OF_MEMORY = re.compile(
    r"\bOOM\b|out of memory|RESOURCE_EXHAUSTED|Unable to allocate|failed to allocate|CUDA_ERROR_OUT_OF_MEMORY|std::bad_alloc"
    r"|Cannot allocate memory", re.IGNORECASE,
)  # fmt: skip
"""Messages of NumPy, TensorFlow, CUDA and the C library for an allocation that failed."""
_TENSOR = re.compile(r"shape\s*\[([\d,\s]*)\] and type (\w+)")
_NODE = re.compile(r"\{\{node ([^}]+)\}\}|node: `?([\w/.\-]+)|Op:(\w+)")
_TYPES = {"float": "float32", "double": "float64", "half": "float16", "bfloat16": "float16", "int": "int32"}
USUAL_SLOTS = 2
"""Optimizer state per weight where no optimizer is known yet: that of Adam."""


def allocation(error: BaseException, recorder: Any = None) -> Allocation | None:
    """The failed allocation behind an exception; None where it is of another kind."""
    text = f"{type(error).__name__}: {error}"
    host = isinstance(error, MemoryError)
    if not host and type(error).__name__ != "ResourceExhaustedError" and not OUT_OF_MEMORY.search(text[:4000]):
        return None
    frames = _frames(error.__traceback__)
    place = next((Location(f.f_code.co_filename, line) for f, line in reversed(frames) if is_user_file(f.f_code.co_filename)), None)
    base = {"free": host_free(), "limit": host_limit(), "resident": resident(), "location": place}
    if host:
        shape = tuple(int(n) for n in getattr(error, "shape", ()) or ())
        kind = np.dtype(getattr(error, "dtype", None) or "uint8")
        size = math.prod(shape) * kind.itemsize if shape else 0
        return Allocation("array" if shape else "memory", shape, str(kind) if shape else "", size, **base)
    shape, dtype = _asked(text)
    size = math.prod(shape) * np.dtype(dtype).itemsize if shape else 0
    sites = recorder.sites if recorder is not None else {}
    layer, building = _layer(frames)
    models = _models(frames) or _watched(recorder)
    node = next((g for m in [_NODE.search(text)] if m for g in m.groups() if g), "")
    if layer is None and node:
        named = {x.name: x for m in models for x in leaf_layers(m)}
        layer = named.get(layer_of(node, named))
    if layer is None and shape:
        layer = _unbuilt(shape, [*(x for m in models for x in leaf_layers(m)), *sites])
        building = layer is not None
    parts = _built(models, sites)
    step = None if building or recorder is None else recorder.guard(_step, recorder)
    return Allocation(
        "weight" if building else "tensor", shape, dtype if shape else "", size, layer=getattr(layer, "name", None),
        layer_kind=type(layer).__name__ if layer is not None else "",
        layer_location=sites.get(layer) if layer is not None else None,
        operation=node, copies=_copies(models) if building else 1, parts=parts, step=step, **base,
    )  # fmt: skip


def _asked(text: str) -> tuple[tuple[int, ...], str]:
    found = _TENSOR.search(text)
    if found is None:
        return (), "float32"
    shape = tuple(int(n) for n in found.group(1).split(",") if n.strip())
    name = _TYPES.get(found.group(2), found.group(2))
    try:
        np.dtype(name)
    except TypeError:
        name = "float32"
    return shape, name


def _frames(step: TracebackType | None) -> list[tuple[Any, int]]:
    """Frames of a traceback with their lines, outermost first."""
    found: list[tuple[Any, int]] = []
    while step is not None and len(found) < 1000:
        found.append((step.tb_frame, step.tb_lineno))
        step = step.tb_next
    return found


def _owners(frames: list[tuple[Any, int]]) -> list[tuple[Any, str]]:
    """Layers and models whose methods were running, with the method's name, outermost first."""
    try:
        from keras import Layer
    except ImportError:
        return []
    selves = [(frame.f_locals.get("self"), frame.f_code.co_name) for frame, _ in frames]
    return [(thing, name) for thing, name in selves if isinstance(thing, Layer)]


def _layer(frames: list[tuple[Any, int]]) -> tuple[Any, bool]:
    """(innermost layer at work, whether it was making its weights); models are no layers here."""
    found = [(x, name) for x, name in _owners(frames) if not hasattr(x, "train_step")]
    if not found:
        return None, False
    layer = found[-1][0]
    return layer, any(x is layer and name in ("add_weight", "build") for x, name in found)


def _unbuilt(shape: tuple[int, ...], layers: list[Any]) -> Any:
    """The layer that was making a weight of this shape: Keras cuts its own frames out of the traceback, but a layer
    whose weights could not be made is not built. None where no layer, or more than one, can make such a shape."""
    found = {id(x): x for x in layers if not getattr(x, "built", True) and _width(x) in shape and not hasattr(x, "train_step")}
    return next(iter(found.values())) if len(found) == 1 else None


def _width(layer: Any) -> int | None:
    for name in ("units", "filters", "input_dim"):
        value = getattr(layer, name, None)
        if isinstance(value, int):
            return value
    return None


def _models(frames: list[tuple[Any, int]]) -> list[Any]:
    made: list[Any] = []
    for thing, _ in _owners(frames):
        if hasattr(thing, "train_step") and all(thing is not m for m in made):
            made.append(thing)
    return made


def _watched(recorder: Any) -> list[Any]:
    """The models that were seen, where Keras cut its frames out of the traceback."""
    live = [log.model() for log in recorder.logs.values()] if recorder is not None else []
    return [model for model in live if model is not None]


def _step(recorder: Any) -> StepMemory | None:
    """The step of the model that was trained last, traced for the batch it was given."""
    for log in reversed(list(recorder.logs.values())):
        model, split = log.model(), log.splits.get("train")
        if model is None or not model.built or split is None or "train" not in log.templates:
            continue
        batch = batch_of(log, split, slice(0, 1))
        optimizer = getattr(model, "optimizer", None) or log.loop_optimizer
        with hushed():  # tracing runs the program's own layers again
            return step_memory(model, batch.x, batch.y, batch=log.batch_size or 32, optimizer=optimizer, sites=recorder.sites)
    return None


def _copies(models: list[Any]) -> int:
    """A trained weight, its gradient, and what the optimizer keeps of it."""
    optimizer = next((m.optimizer for m in models if getattr(m, "optimizer", None) is not None), None)
    return 2 + (slot_count(optimizer) if optimizer is not None else USUAL_SLOTS)


def _built(models: list[Any], sites: Any) -> tuple[Part, ...]:
    layers = {id(x): x for m in models for x in leaf_layers(m)}.values()
    made = [Part(x.name, type(x).__name__, bytes_of(x.variables), 0, sites.get(x)) for x in layers]
    return tuple(sorted((p for p in made if p.bytes), key=lambda p: -p.bytes)[:20])
