"""The program's tf.data pipeline, stage by stage: timed after the run, where no Python code of the program is in it."""

from __future__ import annotations

import time
from typing import Any

from traindx.facts.compute import Pipeline, Stage
from traindx.probes.graphs import calls_python

BUDGET = 2.0
"""Seconds for all timings of one pipeline."""
MAX_STAGES = 24
MAPS = ("MapDataset", "ParallelMapDataset")


def pipeline(dataset: Any) -> Pipeline | None:
    """Stages with seconds per batch, and what parallel maps and a cache would give; None for another kind of object."""
    chain = stages_of(dataset)
    if not chain:
        return None
    kinds = [kind_of_stage(d) for d in chain]
    python = [runs_python(d) for d in chain]
    parallel = [type(d).__name__.lstrip("_").startswith("Parallel") for d in chain]
    prefetched = any(k == "Prefetch" for k in kinds)
    if any(python):
        stages = tuple(Stage(k, None, p, q) for k, p, q in zip(kinds, python, parallel, strict=True))
        return Pipeline(stages, prefetched=prefetched, note="Python code of the program runs in it; it was not run again")
    until = time.perf_counter() + BUDGET
    times: list[float | None] = []
    for i, each in enumerate(chain):
        share = max(0.02, (until - time.perf_counter()) / (len(chain) - i + 2))
        times.append(per_batch(each, elements(chain[i + 1 :]), share))
    own = [None if b is None else max(0.0, b - (a or 0.0)) for a, b in zip([0.0, *times[:-1]], times, strict=True)]
    stages = tuple(Stage(k, t, p, q) for k, t, p, q in zip(kinds, own, python, parallel, strict=True))
    faster = rebuilt(chain)
    left = max(0.1, (until - time.perf_counter()) / 2)
    return Pipeline(
        stages, times[-1], per_batch(faster, 1, left) if faster is not None else None,
        per_batch(dataset.take(8).cache().repeat(), 1, left, skip=9), prefetched,
    )  # fmt: skip


def stages_of(dataset: Any) -> list[Any]:
    """The chain of datasets, source first; what has several inputs (zip, interleaved files) counts as the source."""
    found: list[Any] = []
    while hasattr(dataset, "_inputs") and len(found) < MAX_STAGES:
        if type(dataset).__name__ != "_OptionsDataset":
            found.insert(0, dataset)
        inputs = dataset._inputs()
        if len(inputs) != 1 or not hasattr(inputs[0], "_inputs"):
            break
        dataset = inputs[0]
    return found


def kind_of_stage(dataset: Any) -> str:
    """A stage's name as the program would write it."""
    name = type(dataset).__name__.lstrip("_").removesuffix("V2").removesuffix("Dataset")
    return name.removeprefix("Parallel") if name != "Parallel" else name


def runs_python(dataset: Any) -> bool:
    """Whether Python code of the program runs for each element of this stage."""
    for function in dataset._functions() if hasattr(dataset, "_functions") else ():
        if calls_python(function.function.graph.as_graph_def()):
            return True
    return "Generator" in type(dataset).__name__


def elements(after: list[Any]) -> int:
    """How many elements of a stage make one batch, by the batch stages after it."""
    count = 1
    for dataset in after:
        if "Batch" in type(dataset).__name__ and "Unbatch" not in type(dataset).__name__:
            size = getattr(dataset, "_batch_size", 1)
            count *= int(size.numpy() if hasattr(size, "numpy") else size)
    return max(1, count)


def per_batch(dataset: Any, count: int, seconds: float, skip: int = 1) -> float | None:
    """Seconds per batch (`count` elements), without the first `skip` elements; None where it ended or took too long."""
    began = time.perf_counter()
    seen = 0
    for _ in dataset:
        seen += 1
        if seen == skip:
            began = time.perf_counter()
        elif seen > skip and (time.perf_counter() - began > seconds or seen >= skip + 2000 * count):
            break
    return (time.perf_counter() - began) / (seen - skip) * count if seen > skip else None


def rebuilt(chain: list[Any]) -> Any:
    """The same pipeline with parallel maps and a prefetch at its end; None where a stage cannot be made again."""
    import tensorflow as tf

    made, changed = chain[0], False
    for stage in chain[1:]:
        name = type(stage).__name__.lstrip("_").removesuffix("V2")
        if name in MAPS:
            made = made.map(stage._map_func._func, num_parallel_calls=tf.data.AUTOTUNE)
            changed = True
        elif name in ("BatchDataset", "ParallelBatchDataset"):
            made = made.batch(stage._batch_size, drop_remainder=bool(tf.get_static_value(stage._drop_remainder)))
        elif name == "ShuffleDataset":
            made = made.shuffle(stage._buffer_size)
        elif name == "RepeatDataset":
            made = made.repeat(stage._count)
        elif name == "TakeDataset":
            made = made.take(stage._count)
        elif name != "PrefetchDataset":
            return None
    return made.prefetch(tf.data.AUTOTUNE) if changed else None
