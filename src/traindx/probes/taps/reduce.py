"""What leaves a step, traced or eager, and how it becomes one small vector; `Layout` says what stands where."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from traindx.facts.dynamics import LAYER_STATISTICS, TappedLayer, TappedVariable
from traindx.probes.describe import activation_name
from traindx.probes.taps import state
from traindx.probes.taps.seen import Seen
from traindx.probes.taps.statistics import bad, large, of_gradient, of_layer, of_weight, rows

MAX_UNITS = 1024
PER_LAYER, PER_VARIABLE = len(LAYER_STATISTICS), 5
STEP = ("loss", "prediction_mean", "prediction_spread", "prediction_row_spread", "prediction_non_finite", "scale")


@dataclass
class Layout:
    """The order of the vector: step, inputs, layers, variables; and of the activity flags of units."""

    layers: list[TappedLayer] = field(default_factory=list)
    variables: list[TappedVariable] = field(default_factory=list)
    live: list[Any] = field(default_factory=list)
    inputs: list[str] = field(default_factory=list)
    units: list[int] = field(default_factory=list)
    weights: list[Any] = field(default_factory=list)
    skipped: int = 0
    loss_seen: bool = False
    dynamic_scale: bool = False

    def order(self, moved: dict[int, float]) -> np.ndarray:
        """Update norms by variable id in the order of `variables`."""
        return np.array([moved.get(id(v), math.nan) for v in self.weights], np.float32)

    def unpack(self, vector: np.ndarray) -> tuple[dict[str, float], np.ndarray, np.ndarray, np.ndarray]:
        """(step values by name, non-finite count per input, (layers, 8), (variables, 5))."""
        at = len(STEP)
        step = dict(zip(STEP, vector[:at].tolist(), strict=True))
        inputs = vector[at : at + len(self.inputs)]
        at += len(self.inputs)
        cut = at + PER_LAYER * len(self.layers)
        return step, inputs, vector[at:cut].reshape(-1, PER_LAYER), vector[cut:].reshape(-1, PER_VARIABLE)


def leaves(data: Any) -> list[tuple[str, Any]]:
    """The floating or integer leaves of a batch with their names: `input 0`, `target 0`, `weight 0`."""
    import keras

    parts = data if isinstance(data, tuple | list) and len(data) <= 3 else (data,)
    found: list[tuple[str, Any]] = []
    for role, part in zip(("input", "target", "sample weight"), parts, strict=False):
        flat = [t for t in keras.tree.flatten(part) if hasattr(t, "dtype") and hasattr(t, "shape")]
        found += [(f"{role} {i}", t) for i, t in enumerate(flat)]
    return found


def give(seen: Seen, layout: Layout) -> dict[str, Any]:
    """The tensors that leave the step, all but large ones as they are; fills `layout`."""
    fresh = Layout(skipped=seen.skipped, loss_seen=bool(seen.losses))
    fresh.dynamic_scale = any(hasattr(a.optimizer, "inner_optimizer") for a in seen.applied)
    owners: dict[int, int] = {}
    for layer, tensor in seen.outputs:
        for variable in layer.trainable_variables:
            owners.setdefault(id(variable), len(fresh.layers))
        _name_layer(layer, tensor, fresh)
    for applied in seen.applied:
        for gradient, variable in zip(applied.gradients, applied.variables, strict=False):
            _name_variable(gradient, variable, owners, fresh)
    layout.__dict__.update(fresh.__dict__)
    outputs = [t for t in seen.predictions if t.shape.rank and t.shape.rank >= 1]
    first = getattr(outputs[0], "_keras_logits", outputs[0]) if outputs else None
    first = first if first is None or seen.mine(first) else outputs[0]
    return {
        "loss": seen.losses[0] if seen.losses else None,
        "prediction": None if first is None else _shown(first, None),
        "bad": [bad(t) for t in outputs],
        "layers": [_shown(t, at.activation) for (_, t), at in zip(seen.outputs, fresh.layers, strict=True)],
        "gradients": [list(a.gradients[: len(a.variables)]) for a in seen.applied],
        "scales": [a.scale for a in seen.applied],
    }


def _shown(tensor: Any, activation: str | None) -> tuple[Any, Any]:
    """(first rows, or their statistics; count of values that are not finite where those are not all rows)."""
    view = rows(tensor)
    if large(view):
        return of_layer(view, activation), bad(tensor)
    return view, None if view is tensor else bad(tensor)


def summarize(given: dict[str, Any], named: list[tuple[str, Any]], layout: Layout) -> tuple[np.ndarray, np.ndarray]:
    """(vector of float32, activity flags of units) of what `give` let out; adds the batch's inputs to `layout`."""
    with np.errstate(all="ignore"):
        out = _step(given)
        layout.inputs = []
        for name, tensor in named:
            if _floating(tensor):
                layout.inputs.append(name)
                out.append(bad(tensor))
        flags = []
        for (view, count), layer, units in zip(given["layers"], layout.layers, layout.units, strict=True):
            *values, active = view if isinstance(view, tuple) else of_layer(view, layer.activation)
            out += [*values, bad(view) if count is None else count]
            flags.append(np.asarray(active)[:units])
        scales = [1.0 if s is None else float(s) for s in given["scales"]]
        pairs = [(g, s) for gs, s in zip(given["gradients"], scales, strict=True) for g in gs]
        values = state.read(layout.weights)
        for (gradient, scale), value, variable in zip(pairs, values, layout.variables, strict=True):
            out += [*of_weight(value), *of_gradient(gradient, variable.shape, scale)]
        return np.array([float(v) for v in out], np.float32), np.concatenate(flags) if flags else np.zeros(0, bool)


def _floating(tensor: Any) -> bool:
    import tensorflow as tf

    return bool(getattr(tf.as_dtype(tensor.dtype), "is_floating", False)) and not isinstance(tensor, tf.SparseTensor)


def _step(given: dict[str, Any]) -> list[Any]:
    scale = next((float(s) for s in given["scales"] if s is not None), 1.0)
    loss = math.nan if given["loss"] is None else float(np.sum(np.asarray(given["loss"], np.float32))) / scale
    if given["prediction"] is None:
        return [loss, math.nan, math.nan, math.nan, 0.0, scale]
    view = given["prediction"][0]
    values = view if isinstance(view, tuple) else of_layer(view, None)
    return [loss, *values[:3], sum(float(b) for b in given["bad"]), scale]


def _name_layer(layer: Any, tensor: Any, layout: Layout) -> None:
    units = tensor.shape[-1] if tensor.shape.rank > 1 and tensor.shape[-1] is not None else 0
    layout.units.append(min(units, MAX_UNITS) if units else 1)
    layout.live.append(layer)
    layout.layers.append(TappedLayer(
        layer.name, str(getattr(layer, "path", "") or layer.name), type(layer).__name__, activation_name(layer),
        int(units), str(getattr(layer, "compute_dtype", "float32"))))  # fmt: skip


def _name_variable(gradient: Any, variable: Any, owners: dict[int, int], layout: Layout) -> None:
    import tensorflow as tf

    path = str(getattr(variable, "path", None) or variable.name)
    depth = owners.get(id(variable), -1)
    layer = layout.layers[depth].name if depth >= 0 else path.split("/")[-2] if "/" in path else ""
    layout.weights.append(state.plain(variable)[0])
    sparse, shape = isinstance(gradient, tf.IndexedSlices), tuple(int(s) for s in variable.shape)
    layout.variables.append(TappedVariable(path, layer, shape, depth, sparse, gradient is not None))
