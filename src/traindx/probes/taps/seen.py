"""What one training step shows while it is traced or executed: layer outputs, the loss, gradients, updates."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import Any

MAX_LAYERS = 256
_SILENT = {"InputLayer", "Dropout", "SpatialDropout1D", "SpatialDropout2D", "GaussianDropout", "AlphaDropout",
           "Flatten", "Reshape", "Permute", "ZeroPadding1D", "ZeroPadding2D", "Identity", "RepeatVector",
           "Cropping2D", "UpSampling2D", "GetItem"}  # fmt: skip
"""Layers whose output says nothing that their input does not say, or is random by design."""


@dataclass
class Applied:
    """One call of an optimizer: scaled gradients as they came, the variables, and the loss scale in force."""

    optimizer: Any
    gradients: list[Any]
    variables: list[Any]
    scale: Any = None


@dataclass
class Seen:
    """Collects what passes in this thread and this graph. `measure_only` keeps the optimizer from stepping.

    `latest`: only the last call of each layer and tape counts (an eager loop may evaluate between two steps).
    `factor` multiplies what the backward pass starts from.
    """

    model: Any
    measure_only: bool
    outputs: list[tuple[Any, Any]] = field(default_factory=list)
    predictions: list[Any] = field(default_factory=list)
    losses: list[Any] = field(default_factory=list)
    applied: list[Applied] = field(default_factory=list)
    skipped: int = 0
    depth: int = 0
    latest: bool = False
    factor: float | None = None

    def __post_init__(self) -> None:
        import tensorflow as tf

        self.thread = threading.get_ident()
        self.graph = None if tf.executing_eagerly() else tf.compat.v1.get_default_graph()

    def mine(self, tensor: Any) -> bool:
        """Whether this is a dense floating tensor of the step's own graph (not of a loop's or branch's body)."""
        dtype = getattr(tensor, "dtype", None)
        if not getattr(dtype, "is_floating", False) or not hasattr(tensor, "get_shape"):
            return False
        if not callable(getattr(tensor, "numpy", None)) if self.graph is None else getattr(tensor, "graph", None) is not self.graph:
            self.skipped += 1
            return False
        return tensor.shape.rank is not None

    def layer(self, layer: Any, output: Any) -> None:
        """A layer returned."""
        if threading.get_ident() != self.thread:
            return
        if layer is self.model:
            self.predictions = [t for t in _leaves(output) if self.mine(t)]
            return
        if hasattr(layer, "compiled") or type(layer).__name__ in _SILENT or len(self.outputs) >= MAX_LAYERS:
            return
        first = next((t for t in _leaves(output) if self.mine(t) and t.shape.rank), None)
        if first is not None:
            if self.latest:
                self.outputs = [o for o in self.outputs if o[0] is not layer]
            self.outputs.append((layer, first))

    def differentiated(self, target: Any) -> None:
        """A gradient tape was asked for the gradient of `target`."""
        if threading.get_ident() == self.thread and (len(self.losses) < 8 or self.latest):
            first = next((t for t in _leaves(target) if self.mine(t)), None)
            if first is not None:
                self.losses = [first] if self.latest else [*self.losses, first]

    def applies(self, optimizer: Any, gradients: list[Any], variables: list[Any]) -> None:
        """An optimizer is about to step (outermost call only)."""
        if all(g is None or self.graph is None or getattr(g, "graph", self.graph) is self.graph for g in gradients):
            self.applied.append(Applied(optimizer, gradients, variables, _scale(optimizer)))
        else:
            self.skipped += 1


def _scale(optimizer: Any) -> Any:
    import tensorflow as tf

    dynamic = getattr(optimizer, "dynamic_scale", None)
    if dynamic is not None:
        return tf.identity(dynamic.value)
    if hasattr(optimizer, "inner_optimizer"):
        return tf.constant(float(optimizer.initial_scale))
    fixed = getattr(optimizer, "loss_scale_factor", None)
    return None if fixed is None else tf.constant(float(fixed))


def _leaves(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return [leaf for key in sorted(value) for leaf in _leaves(value[key])]
    if isinstance(value, list | tuple):
        return [leaf for item in value for leaf in _leaves(item)]
    return [value]
