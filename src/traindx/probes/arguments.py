"""Which argument of a `tf.function` is what: found while it is traced, or from the shapes of what it was given."""

from __future__ import annotations

from typing import Any

PASS_ON = {"Cast", "Identity", "Reshape", "ExpandDims", "Squeeze", "StopGradient", "EnsureShape"}
"""Graph operations that hand a batch on: the argument behind them is still the batch (its dtype and shape aside)."""


def argument_of(tensor: Any) -> int | None:
    """Position among its graph's inputs of the argument that this symbolic tensor is, or None."""
    for _ in range(8):
        operation = getattr(tensor, "op", None) if hasattr(tensor, "graph") else None
        if operation is None:
            return None
        if operation.type == "Placeholder":
            inputs = getattr(tensor.graph, "inputs", [])
            return next((i for i, t in enumerate(inputs) if t is tensor), None)
        if operation.type not in PASS_ON:
            return None
        tensor = operation.inputs[0]
    return None


def partner(given: list[Any], x: Any) -> Any:
    """The one other argument with as many rows as x: its targets."""
    if x is None or not len(getattr(x, "shape", ())):
        return None
    others = {id(v): v for v in given if v is not x and len(v.shape) and v.shape[0] == x.shape[0]}  # replicas share one
    return next(iter(others.values())) if len(others) == 1 else None
