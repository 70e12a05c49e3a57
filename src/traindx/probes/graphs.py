"""What a graph of TensorFlow holds."""

from __future__ import annotations

from typing import Any

PYTHON_OPS = frozenset({"PyFunc", "PyFuncStateless", "EagerPyFunc", "GeneratorDataset"})


def calls_python(definition: Any) -> bool:
    """Whether a `GraphDef` runs Python code of the program, itself or in a function of its library."""
    nodes = [*definition.node, *(n for f in definition.library.function for n in f.node_def)]
    return any(n.op in PYTHON_OPS for n in nodes)
