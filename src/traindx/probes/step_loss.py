"""The loss of a step of the program's own as a function of the model's outputs.

A twin of the step is traced in which the model's outputs are replaced by ours. The optimizer is kept from stepping, and
whatever else the step writes is put back.
"""

from __future__ import annotations

import threading
from typing import Any

import numpy as np

from traindx.probes.attach import StepTap
from traindx.probes.taps.twin import CannotTwinError, effects, unchanged_streams


class Replaced:
    """Stands in for what the model gave while a step is traced: `ours` where `use` is true, else its own outputs.

    With None for `ours` it only looks on.
    """

    measure_only = True
    depth = 0
    factor = None

    def __init__(self, model: Any, ours: list[Any] | None, use: Any) -> None:
        import tensorflow as tf

        self.model, self.ours, self.use = model, ours, use
        self.thread, self.graph = threading.get_ident(), tf.compat.v1.get_default_graph()
        self.own: list[Any] = []
        self.made: Any = None
        self.calls = 0
        self.losses: list[Any] = []

    def layer(self, layer: Any, output: Any) -> Any:
        """A layer returned; what it is to have returned instead, or None."""
        import keras
        import tensorflow as tf

        if layer is not self.model or output is self.made or threading.get_ident() != self.thread:
            return None  # the model's call is patched twice, in itself and in its base
        self.own, self.calls = keras.tree.flatten(output), self.calls + 1
        if self.ours is None:
            return None
        if any(getattr(t, "graph", None) is not self.graph for t in self.own) or len(self.own) != len(self.ours):
            raise CannotTwinError("the model runs in a loop inside one function, or has other outputs there")
        new = [tf.where(self.use, tf.cast(p, t.dtype), t) for p, t in zip(self.ours, self.own, strict=True)]
        self.made = keras.tree.pack_sequence_as(output, new)
        return self.made

    def differentiated(self, target: Any) -> None:
        """A tape differentiates this."""
        self.losses.append(target)

    def applies(self, optimizer: Any, grads: list[Any], variables: list[Any]) -> None:
        """Nothing is applied."""


def shapes_of(model: Any, step: Any, data: Any) -> list[tuple[int, ...]]:
    """Shapes of what the model gives in one step; empty where it is not called once, or they are not known."""
    import tensorflow as tf

    found: list[Any] = []

    def look(given: Any) -> None:
        seen = Replaced(model, None, None)
        with StepTap(seen):
            step(given)
        found.extend(seen.own)

    with unchanged_streams():
        tf.function(look, autograph=False).get_concrete_function(data)
    known = all(t.shape.rank is not None and None not in t.shape.as_list() for t in found)
    return [tuple(t.shape.as_list()) for t in found] if known else []


class StepLoss:
    """`step(data)` calls the model once and differentiates one loss; else the first run raises."""

    def __init__(self, model: Any, step: Any, shapes: list[tuple[int, ...]]) -> None:
        import tensorflow as tf

        self.model, self.step, self.shapes = model, step, shapes
        self.written: list[Any] | None = None
        self._function = tf.function(self._body, autograph=False)

    def _body(self, data: Any, ours: list[Any], use: Any) -> Any:
        import tensorflow as tf

        with tf.GradientTape(watch_accessed_variables=False) as tape:
            tape.watch(ours)
            seen = Replaced(self.model, ours, use)
            with StepTap(seen):
                self.step(data)
            if seen.calls != 1 or len(seen.losses) != 1:
                raise CannotTwinError(f"{seen.calls} calls of the model and {len(seen.losses)} losses in one step")
            loss = tf.add_n([tf.reduce_sum(tf.cast(t, "float32")) for t in tf.nest.flatten(seen.losses[0])])
        found = tape.gradient(loss, ours, unconnected_gradients=tf.UnconnectedGradients.ZERO)
        return loss, found, [tf.cast(t, "float32") for t in seen.own]

    def run(self, data: Any, ours: list[np.ndarray] | None) -> tuple[float, list[np.ndarray], list[np.ndarray]]:
        """(loss, its gradient by each output, the model's own outputs); `ours` None: with the model's own outputs.

        Raises:
            CannotTwinError: the step has effects that could not be undone, or is no function of one call of the model.
        """
        import tensorflow as tf

        given = [tf.zeros(s) for s in self.shapes] if ours is None else [tf.constant(p.astype("float32")) for p in ours]
        arguments = (data, given, tf.constant(ours is not None))
        if self.written is None:
            with unchanged_streams():
                self.written = effects(self._function.get_concrete_function(*arguments).graph)
        saved = [tf.identity(v) for v in self.written]
        try:
            loss, found, own = self._function(*arguments)
        finally:
            for variable, value in zip(self.written, saved, strict=True):
                variable.assign(value)
        return float(loss), [g.numpy().astype(np.float64) for g in found], [t.numpy().astype(np.float64) for t in own]
