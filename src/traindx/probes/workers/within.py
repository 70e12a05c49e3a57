"""Pipelines that a compiled step reads by itself: their rows never pass through Python, so they are read again after the run."""

from __future__ import annotations

import time
from types import SimpleNamespace
from typing import Any

import numpy as np

from traindx.probes.graphs import calls_python
from traindx.probes.workers.distributed import first_leaf
from traindx.probes.workers.rows import hashes_of

MAX_ROWS = 1 << 17
LEAST_ROWS = 4096
SECONDS = 1.0


class Within:
    """The last pipeline that this worker's training function was given."""

    def __init__(self) -> None:
        self.dataset: Any = None
        self.replicas = 1

    def given(self, value: Any) -> Any:
        """Remember the local part of a distributed iterator or dataset; something with the shape of a batch of one row of
        it where it is new, else None."""
        parts = [getattr(p, "_dataset", None) for p in getattr(value, "_iterators", ())] or getattr(value, "_cloned_datasets", ())
        if not parts or parts[0] is None or parts[0] is self.dataset:
            return None
        self.dataset = parts[0]
        self.replicas = len(value._strategy.extended.worker_devices)
        shape = first_leaf(self.dataset.element_spec).shape
        return SimpleNamespace(shape=(1, *shape[1:])) if shape.rank and None not in shape[1:] else None

    def rows(self, steps: int) -> np.ndarray | None:
        """Hashes (n,) uint64 of the rows as `steps` steps read them; None where Python code makes them, or nothing came
        in time. A pipeline that shuffles without a seed gives the same rows in another order."""
        if self.dataset is None or _runs_python(self.dataset):
            return None
        found: list[np.ndarray] = []
        count, wanted, until, ended = 0, LEAST_ROWS, time.perf_counter() + SECONDS, True
        for batch in self.dataset:
            hashes = hashes_of(batch[0] if isinstance(batch, tuple | list) else batch)
            if hashes is None:
                return None
            wanted = min(MAX_ROWS, max(LEAST_ROWS, steps * self.replicas * len(hashes))) if not found else wanted
            found.append(hashes)
            count += len(hashes)
            if count >= wanted or time.perf_counter() > until:
                ended = False
                break
        if not found:
            return None
        once = np.concatenate(found)
        return np.resize(once, wanted) if ended else once  # it is read again in every epoch


def _runs_python(dataset: Any) -> bool:
    """Whether Python code of the program makes the elements, or the pipeline cannot be looked into."""
    import tensorflow as tf

    try:
        definition = tf.compat.v1.GraphDef.FromString(dataset._as_serialized_graph().numpy())
    except (AttributeError, ValueError, tf.errors.OpError):
        return True
    return calls_python(definition)
