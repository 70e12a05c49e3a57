"""C103."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.compute import Allocation, MemoryNeed, Part, StepMemory, size
from traindx.facts.findings import Evidence, Finding, Severity

C = Cause


@check("C103", Severity.ERROR, suggests=(Cause.OUT_OF_MEMORY, Cause.TOO_LARGE_MODEL))
def out_of_memory(need: MemoryNeed, *, near: float = 0.9) -> Finding | None:
    """An allocation failed, or a training step needs more memory than there is.

    ## Why training fails
    Weights, gradients, the optimizer's state and the activations that the backward pass needs must fit at the same
    time. The framework, or the operating system, ends the program when they do not.

    ## How it is measured
    After an allocation error: the shape and type that were asked for, the layer or the line that asked, what the layers
    built before it take, and the memory of the machine (its control group's limit included) or of the graphics card.
    Before a step: its graph is traced, not run, and played through with as many operations at a time as there are
    threads; each tensor lives from the operation that makes it to its last use. `make bench` compares the prediction
    with measured peaks.

    ## What to do
    A step: a batch of the size shown, or mixed precision. A weight: fewer units, or smaller inputs to the layer (pooling
    or strides before `Flatten`). A host array: fewer rows at a time (tf.data or a generator), float32 for float64, a
    sparse or integer encoding for a one-hot one.

    ## Thresholds
    - `near`: a step predicted to take 90 % of the free memory is a note: the prediction is good to 20 % at worst, and
      other programs take memory too. A run that came to its end is never more than a note.
    """
    if need.allocation is not None:
        return _failed(need.allocation)
    step = need.predicted
    if step is None or step.room is None or step.peak <= near * step.room:
        return None
    killed = need.ended and step.peak > step.room
    return Finding(
        message=f"one training step of {step.batch} rows needs {size(step.peak)}, and {size(step.room)} of {step.device} memory "
        f"are free{'; the run ends there' if killed else ''}",
        strength=0.9 if killed else 0.4, severity=None if killed else Severity.NOTE, location=need.location,
        suggests=(C.OUT_OF_MEMORY, C.BATCH_SIZE) if killed else (C.OUT_OF_MEMORY,),
        evidence=(Evidence("bytes predicted for one step", step.peak, step.room), *_step(step)), fix=_batch(step),
    )  # fmt: skip


def _failed(asked: Allocation) -> Finding:
    room = asked.limit or asked.free
    what = {"array": "a NumPy array", "weight": f"a weight of {asked.layer or 'a layer'}",
            "tensor": f"a tensor of {asked.layer or asked.operation or 'a step'}", "memory": "memory"}[asked.what]  # fmt: skip
    shape = f" of shape {asked.shape} and type {asked.dtype}" if asked.shape else ""
    total = f" ({size(asked.bytes)})" if asked.bytes else ""
    rows = [Evidence("bytes asked for at once", asked.bytes or None, room), Evidence("bytes free on the host", asked.free),
            Evidence("bytes the process held", asked.resident)]  # fmt: skip
    if asked.copies > 1 and asked.bytes:
        rows.append(Evidence("bytes with its gradient and optimizer state", asked.copies * asked.bytes, room))
    if asked.step is not None:
        rows += [Evidence("bytes predicted for one step", asked.step.peak, asked.step.room), *_step(asked.step)]
    else:
        rows += parts(asked.parts)
    model = asked.what == "weight" or bool(asked.step and asked.step.largest_batch == 0)
    return Finding(
        message=f"no memory for {what}{shape}{total}; the machine has {size(room)}" if room else f"no memory for {what}{shape}{total}",
        strength=0.97, location=asked.layer_location or asked.location, layer=asked.layer, evidence=tuple(rows), fix=_fix(asked),
        suggests=(C.OUT_OF_MEMORY, C.TOO_LARGE_MODEL) if model else (C.OUT_OF_MEMORY,),
    )  # fmt: skip


def _step(step: StepMemory) -> list[Evidence]:
    found = [Evidence("bytes of weights and optimizer state", step.weights + step.slots),
             Evidence(f"bytes of activations, gradients and temporaries at batch {step.batch}", step.step)]  # fmt: skip
    if step.largest_batch is not None:
        found.append(Evidence("rows of the largest batch that fits", step.largest_batch, step.batch))
    return found + parts(step.parts)


def parts(found: Sequence[Part], most: int = 3) -> list[Evidence]:
    """The layers that hold most."""
    return [Evidence(f"bytes of {p.layer or p.kind}" + (f" ({p.kind})" if p.layer else ""), p.bytes) for p in found[:most]]


def _batch(step: StepMemory) -> str:
    if step.largest_batch:
        return f"Train with batches of at most {step.largest_batch} rows, or with keras.mixed_precision."
    most = next((p.layer for p in step.parts if p.layer), "the layer that holds most")
    return f"Not even one row fits: make {most} smaller (fewer units, shorter inputs; pooling or strides before it)."


def _fix(asked: Allocation) -> str:
    room = asked.free or asked.limit
    if asked.step is not None and asked.what == "tensor":
        return _batch(asked.step)
    if asked.what == "weight" and asked.shape and room:
        return _units(asked, room)
    if asked.what == "array" and asked.shape and room:
        return _rows(asked, room)
    return "Hold less at a time: a smaller batch, fewer units or smaller inputs; stream the data with tf.data."


def _units(asked: Allocation, room: int) -> str:
    one = math.prod(asked.shape[:-1]) * np.dtype(asked.dtype).itemsize * asked.copies
    most = int(room // max(1, one))
    inputs = " × ".join(map(str, asked.shape[:-1]))
    held = f"with gradient and optimizer state ({asked.copies} copies)"
    less = "Shrink what enters the layer (pooling or strides before Flatten)"
    if most < 1:
        return f"{less}: one single unit of its {inputs} inputs takes {size(one)} {held}."
    return f"At most {most} of {asked.shape[-1]} units fit on {inputs} inputs {held}. {less}, or give it fewer units."


def _rows(asked: Allocation, room: int) -> str:
    row = asked.bytes // max(1, asked.shape[0])
    fits = int(room // max(1, row))
    half = " float32 takes half." if asked.dtype in ("float64", "int64") else ""
    if fits >= asked.shape[0]:
        return f"It would fit alone: free what the program holds beside it, or build it in parts.{half}"
    if fits:
        return (f"{fits} of its {asked.shape[0]} rows fit: build it batch by batch (tf.data, a generator), or keep it sparse "
                f"or as integers for an Embedding layer.{half}")  # fmt: skip
    return f"Not one of its rows fits ({size(row)}): keep it sparse or as integers for an Embedding layer.{half}"


GB = 1 << 30
_STEP = StepMemory(512, GB, 2 * GB, 60 * GB, 0.11 * GB, 3.68 * GB, (Part("conv", "Conv2D", 0, 30 * GB),), limit=32 * GB, free=30 * GB)
out_of_memory.fires_on(MemoryNeed(Allocation("array", (200000, 40000000), "float64", 64 * 10**12, 20 * GB, 24 * GB)))
out_of_memory.fires_on(MemoryNeed(Allocation("weight", (1 << 26, 1 << 20), "float32", 1 << 48, 20 * GB, 24 * GB, layer="dense", copies=4)))
out_of_memory.fires_on(MemoryNeed(Allocation("tensor", (512, 64, 64, 64), "float32", GB, 1 * GB, 32 * GB, step=_STEP)))
out_of_memory.fires_on(MemoryNeed(predicted=_STEP, ended=True))
out_of_memory.silent_on(MemoryNeed(predicted=StepMemory(32, GB, GB, GB, 0.01 * GB, 0.0, free=30 * GB)))
out_of_memory.silent_on(MemoryNeed(predicted=StepMemory(32, GB, GB, GB, 0.01 * GB, 0.0)))
