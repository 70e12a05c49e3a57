"""The greatest number of bytes that one execution of a TensorFlow graph holds at once, found without running it.

Operations start in the order in which TensorFlow's executor makes them ready (first in, first out), as many at a time as
it has threads, and take as long as they have bytes to read and write; a tensor lives from the start of the operation
that makes it to the end of the last one that reads it. Buffers that an operation may reuse in place count twice: whether
it can depends on which thread comes first, and the peak of a run is that of its worst step.
"""

from __future__ import annotations

import heapq
import os
from collections import deque
from dataclasses import dataclass, field
from typing import Any

Key = tuple[str, int]
ALIASES = frozenset({
    "Identity", "IdentityN", "Reshape", "Squeeze", "ExpandDims", "StopGradient", "EnsureShape", "PreventGradient", "Bitcast",
    "TensorListFromTensor",
})  # fmt: skip
"""Operations whose output is their first input's buffer (tensorflow/core/kernels: `set_output(0, input(0))` and alike)."""
OUTSIDE = frozenset({
    "Placeholder", "Const", "ReadVariableOp", "Arg", "_Arg", "TensorListPopBack", "TensorListGetItem",
})  # fmt: skip
"""Operations whose output exists anyhow: inputs, constants, variables and items of lists, which are read without a copy."""
CALLS = frozenset({"PartitionedCall", "StatefulPartitionedCall"})
CONVOLUTIONS = frozenset(f"{kind}{rest}" for kind in ("Conv2D", "Conv3D", "DepthwiseConv2dNative")
                         for rest in ("", "BackpropInput", "BackpropFilter", "BackpropInputV2", "BackpropFilterV2"))  # fmt: skip
"""They copy their greatest input into the blocked layout that their kernels compute in (oneDNN's "reorder", cuDNN's
workspace), and give it back. So does the product with a transposed left side."""
LOOPS = frozenset({"While", "StatelessWhile"})
BRANCHES = frozenset({"If", "StatelessIf"})


@dataclass
class Peak:
    """The peak of one graph: bytes in all, the operation running then, and what is alive, as (operation, bytes)."""

    bytes: int = 0
    operation: str = ""
    alive: list[tuple[str, int]] = field(default_factory=list)


def threads() -> int:
    """Operations that TensorFlow runs at a time on this processor; on a graphics card they follow one another."""
    import tensorflow as tf

    if tf.config.list_logical_devices("GPU"):
        return 1
    return tf.config.threading.get_inter_op_parallelism_threads() or os.cpu_count() or 1


def peak(graph: Any, workers: int = 1) -> Peak:
    """The greatest sum of live tensors of a `FuncGraph` whose shapes are known (an unknown axis counts as 1).

    Inputs, constants and variables do not count. Loops hold what their backward pass needs of every turn.
    """
    return _Walk(graph, workers).run()


def key(tensor: Any) -> Key:
    """A tensor by name: the Python object that stands for it may differ from read to read."""
    return tensor.op.name, tensor.value_index


def nbytes(tensor: Any) -> int:
    """Bytes of one tensor of known shape; 0 for handles."""
    if tensor.dtype.name in ("resource", "variant", "string"):
        return 0
    count = 1
    for axis in tensor.shape.as_list() if tensor.shape.rank is not None else ():
        count *= 1 if axis is None else axis
    return count * tensor.dtype.size


class _Walk:
    def __init__(self, graph: Any, workers: int) -> None:
        self.graph, self.workers = graph, workers
        self.operations = graph.get_operations()
        self.root: dict[Key, Key] = {}
        self.uses: dict[Key, int] = {}
        self.size: dict[Key, int] = {}
        self.live = 0
        self.top = Peak()
        self.waiting, self.after = self._needs()

    def run(self) -> Peak:
        """Play the graph through."""
        for operation in self._order():
            self._name(operation)
        for operation in self.operations:
            for tensor in operation.inputs:
                self._use(tensor)
        for tensor in self.graph.outputs:
            self._use(tensor)
        waiting = list(self.waiting)
        ready = deque(i for i, n in enumerate(waiting) if not n)
        running: list[tuple[float, int, int]] = []
        now = 0.0
        while ready or running:
            while ready and len(running) < self.workers:
                i = ready.popleft()
                passing, work = self._begin(self.operations[i])
                heapq.heappush(running, (now + work, i, passing))
            now, i, passing = heapq.heappop(running)
            self._end(self.operations[i], passing)
            for j in self.after[i]:
                waiting[j] -= 1
                if not waiting[j]:
                    ready.append(j)
        return self.top

    def _needs(self) -> tuple[list[int], list[list[int]]]:
        at = {op.name: i for i, op in enumerate(self.operations)}
        waiting, after = [0] * len(self.operations), [[] for _ in self.operations]
        for i, op in enumerate(self.operations):
            needs = {at[t.op.name] for t in op.inputs} | {at[c.name] for c in op.control_inputs}
            waiting[i] = len(needs)
            for j in needs:
                after[j].append(i)
        return waiting, after

    def _order(self) -> list[Any]:
        """Operations so that each comes after what it needs; the order of creation does not hold that for gradients."""
        waiting = list(self.waiting)
        ready = deque(i for i, n in enumerate(waiting) if not n)
        made: list[Any] = []
        while ready:
            i = ready.popleft()
            made.append(self.operations[i])
            for j in self.after[i]:
                waiting[j] -= 1
                if not waiting[j]:
                    ready.append(j)
        return made

    def _name(self, operation: Any) -> None:
        same = operation.type in ALIASES and len(operation.inputs) > 0
        for i, tensor in enumerate(operation.outputs):
            source = operation.inputs[min(i, len(operation.inputs) - 1)] if same else None
            self.root[key(tensor)] = self.root.get(key(source), key(source)) if source is not None else key(tensor)

    def _use(self, tensor: Any) -> None:
        root = self.root.get(key(tensor), key(tensor))
        self.uses[root] = self.uses.get(root, 0) + 1

    def _begin(self, operation: Any) -> tuple[int, float]:
        """An operation starts: (bytes it gives back at its end, how long it takes, in bytes moved)."""
        if operation.type in OUTSIDE:
            return 0, 0.0
        passing = self._inside(operation)
        for tensor in operation.outputs:
            name = key(tensor)
            if self.root[name] != name:
                continue
            size = self.size.get(name) or nbytes(tensor)
            if self.uses.get(name):
                self.size[name] = size
                self.live += size
            else:
                passing += size
        self.live += passing
        if self.live > self.top.bytes:
            alive = [(name[0], size) for name, size in self.size.items() if size]
            self.top = Peak(self.live, operation.name, [*alive, (operation.name, passing)] if passing else alive)
        return passing, float(sum(map(nbytes, operation.inputs)) + sum(map(nbytes, operation.outputs)))

    def _end(self, operation: Any, passing: int) -> None:
        self.live -= passing
        if operation.type in OUTSIDE:
            return
        for tensor in operation.inputs:
            root = self.root.get(key(tensor), key(tensor))
            self.uses[root] -= 1
            if not self.uses[root]:
                self.live -= self.size.pop(root, 0)

    def _inside(self, operation: Any) -> int:
        """Bytes that an operation needs while it runs and gives back; sets the sizes of what a loop keeps.

        As many turns of a loop as it allows run at a time: what does not wait for the turn before runs ahead.
        """
        if operation.type == "MatMul" and operation.get_attr("transpose_a"):
            return nbytes(operation.inputs[0])
        if operation.type in CONVOLUTIONS:
            return max(map(nbytes, operation.inputs), default=0)
        if operation.type in LOOPS:
            body, turns = _body(operation, "body"), turns_of(operation)
            kept = _kept(body)
            for i, tensor in enumerate(operation.outputs):
                if i in kept:
                    self.size[key(tensor)] = turns * kept[i]
            return peak(body).bytes * min(turns, int(operation.get_attr("parallel_iterations")))
        if operation.type in CALLS:
            called = _called(operation, "f")
            return peak(called).bytes if called is not None else 0
        if operation.type in BRANCHES:
            branches = [_called(operation, n) for n in ("then_branch", "else_branch")]
            return max((peak(b).bytes for b in branches if b is not None), default=0)
        return 0


def _body(operation: Any, attribute: str) -> Any:
    from tensorflow.python.ops import while_v2

    return while_v2._get_graph(operation, attribute, f"_{attribute}_graph")


def _called(operation: Any, attribute: str) -> Any:
    from tensorflow.python.framework import function_def_to_graph

    definition = operation.graph._get_function(operation.get_attr(attribute).name)
    known = getattr(definition, "graph", None)
    if known is not None:
        return known
    if definition is None:
        return None
    shapes = [t.shape for t in operation.inputs]
    return function_def_to_graph.function_def_to_graph(definition.cached_definition, shapes[: len(shapes)])


def turns_of(operation: Any) -> int:
    """How often a loop runs, read off the constants that its condition compares with; 1 where it cannot be known."""
    import tensorflow as tf

    condition = _body(operation, "cond")
    inputs = {key(t): i for i, t in enumerate(condition.inputs)}
    found: list[int] = []
    for each in condition.get_operations():
        for tensor in each.inputs if each.type in ("Less", "LessEqual") else ():
            while tensor.op.type == "Identity":
                tensor = tensor.op.inputs[0]
            value = tf.get_static_value(tensor)
            if value is None and key(tensor) in inputs:
                value = tf.get_static_value(operation.inputs[inputs[key(tensor)]])
                value = _of_forward(operation.inputs[inputs[key(tensor)]]) if value is None else value
            if value is not None and value > 0:
                found.append(int(value))
    return min(found, default=1)


def _of_forward(tensor: Any) -> int | None:
    """The backward pass of a loop counts the turns of the forward one: its counter is compared with that one's."""
    while tensor.op.type in ALIASES:
        tensor = tensor.op.inputs[0]
    return turns_of(tensor.op) if tensor.op.type in LOOPS else None


def _kept(body: Any) -> dict[int, int]:
    """Bytes that one turn of a loop adds to each of its lists, by the loop's output."""
    kept: dict[int, int] = {}
    seen: set[Key] = set()
    for i, tensor in enumerate(body.outputs):
        if tensor.dtype.name != "variant":
            continue
        source = _source(tensor)
        if source.op.type in ("TensorListPushBack", "TensorListSetItem"):
            item = _source(source.op.inputs[1 if source.op.type == "TensorListPushBack" else 2])
            fresh = item.op.type not in OUTSIDE and key(item) not in seen
            kept[i] = nbytes(item) if fresh else 0
            seen.add(key(item))
    return kept


def _source(tensor: Any) -> Any:
    while tensor.op.type in ALIASES:
        tensor = tensor.op.inputs[0]
    return tensor
