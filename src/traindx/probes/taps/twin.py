"""The instrumented twin of a training step: measures one batch with the weights as they are, and leaves no trace.

The twin runs the program's own `train_step` with the optimizer kept from stepping. Whatever it writes (batch
statistics, metrics, seeds) is put back afterwards, so that the program's own compiled step alone decides the weights.
"""

from __future__ import annotations

import contextlib
import io
import random
import time
from collections.abc import Iterator
from typing import Any

import numpy as np

from traindx.probes.attach import StepTap
from traindx.probes.taps.reduce import Layout, give, leaves, summarize
from traindx.probes.taps.seen import Seen

MAX_TRACES = 3
_READS = {"ReadVariableOp", "ResourceGather", "ResourceGatherNd", "VariableShape", "LookupTableFindV2",
          "LookupTableSizeV2", "VarIsInitializedOp"}  # fmt: skip
_HARMLESS = {"Assert", "CudnnRNN", "CudnnRNNV2", "CudnnRNNV3", "CudnnRNNBackprop", "CudnnRNNBackpropV2",
             "CudnnRNNBackpropV3", "RngReadAndSkip", "StatefulPartitionedCall", "PartitionedCall", "If", "While",
             "Case", "CollectiveReduceV2", "NoOp"}  # fmt: skip
_DRAWS = ("Random", "TruncatedNormal", "Multinomial", "ParameterizedTruncatedNormal", "StatefulUniform",
          "StatefulStandardNormal", "StatefulRandom", "StatefulTruncated")  # fmt: skip
_WRITES = ("Assign", "ResourceScatter", "ResourceApply", "ResourceSparseApply", "ResourceStridedSliceAssign")


class CannotTwinError(Exception):
    """The step does something that could not be undone; the message says what."""


class Twin:
    """One traced twin per train function; `measure` runs it."""

    def __init__(self, model: Any, step: Any, named: Any = leaves, factor: float | None = None) -> None:
        import tensorflow as tf

        self.model, self.step, self.named, self.factor = model, step, named, factor
        self.layout = Layout()
        self.written: list[Any] = []
        self.traced: list[Any] = []
        self.seconds = 0.0
        self._checked: set[Any] = set()
        self._function = tf.function(self._body, autograph=False, reduce_retracing=True)

    def _body(self, data: Any) -> Any:
        seen = Seen(self.model, measure_only=True, factor=self.factor)
        with StepTap(seen):
            self.step(data)
        if not seen.applied and seen.skipped:
            raise CannotTwinError("the steps run in a loop inside one function")
        return give(seen, self.layout)

    def measure(self, data: Any) -> tuple[np.ndarray, np.ndarray]:
        """(vector, activity flags) of one batch, see `Layout`.

        Raises:
            CannotTwinError: the step cannot be run without a trace.
        """
        import keras
        import tensorflow as tf

        data = keras.tree.map_structure(lambda t: tf.convert_to_tensor(t) if isinstance(t, np.ndarray) else t, data)
        kind = tuple((str(t.shape), t.dtype) if hasattr(t, "shape") else t for t in keras.tree.flatten(data))
        fresh, began = kind not in self._checked, time.perf_counter()
        if fresh:
            self._trace(data)
            self._checked.add(kind)
        saved = [tf.identity(v) for v in self.written]
        try:
            given = self._function(data)
        finally:
            for variable, value in zip(self.written, saved, strict=True):
                variable.assign(value, read_value=False)
        found = summarize(given, self.named(data), self.layout)
        self.seconds += time.perf_counter() - began if fresh else 0.0
        return found

    def _trace(self, data: Any) -> None:
        if len(self.traced) > MAX_TRACES:  # shapes that an earlier, more general trace holds for are none
            raise CannotTwinError("the batches keep changing their shape")
        with unchanged_streams():
            concrete = self._function.get_concrete_function(data)
        if not any(concrete is t for t in self.traced):
            self.traced.append(concrete)
        known = {id(v) for v in self.written}
        self.written += [v for v in effects(concrete.graph) if id(v) not in known]


def effects(graph: Any) -> list[Any]:
    """The variables a traced step may write.

    Raises:
        CannotTwinError: it holds an operation with another effect (prints, Python code, files, tables).
    """
    for operation in _operations(graph):
        kind = operation.type
        if kind in _READS or kind in _HARMLESS or kind.startswith(_WRITES) or not operation.op_def.is_stateful:
            continue
        if not kind.startswith(_DRAWS):
            raise CannotTwinError(f"the training step holds the operation {kind}, whose effect could not be undone")
    handles = {id(inner): outer for outer, inner in graph.captures}
    touched: set[int] = set()
    for operation in graph.get_operations():
        if operation.type not in _READS:
            touched |= {id(handles[id(t)]) for t in operation.inputs if id(t) in handles}
    return [v for v in graph.variables if id(v.handle) in touched]


def _operations(graph: Any) -> Iterator[Any]:
    yield from graph.get_operations()
    for function in graph._functions.values():
        inner = getattr(function, "graph", None)
        if inner is not None and inner is not graph:
            yield from inner.get_operations()


@contextlib.contextmanager
def unchanged_streams() -> Iterator[None]:
    """Python's, NumPy's and TensorFlow's host random states and printed lines stay as they were."""
    from tensorflow.python.eager import context

    python, numpy = random.getstate(), np.random.get_state()
    rng = getattr(context.context(), "_rng", None)
    tensorflow = rng.getstate() if rng is not None else None
    try:
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            yield
    finally:
        random.setstate(python)
        np.random.set_state(numpy)
        if tensorflow is not None:
            rng.setstate(tensorflow)


class EagerTwin:
    """For models that run eagerly: the program's own step is watched as it happens, nothing is run twice."""

    def __init__(self, model: Any) -> None:
        self.model, self.layout = model, Layout()

    def watch(self) -> tuple[Seen, StepTap]:
        """What collects and the patch to enter around the program's step."""
        seen = Seen(self.model, measure_only=False)
        return seen, StepTap(seen)

    def measure(self, seen: Seen, data: Any) -> tuple[np.ndarray, np.ndarray]:
        """(vector, flags); the weights' norms are those after the step."""
        return summarize(give(seen, self.layout), leaves(data), self.layout)
