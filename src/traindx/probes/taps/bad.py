"""Names the place in a step where the first value that is not finite came up."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from traindx.facts.dynamics import BadStep
from traindx.probes.taps.locate import data_rows, forward_rows, loss_rows, source_of
from traindx.probes.taps.reduce import Layout

if TYPE_CHECKING:
    from traindx.probes.taps.taps import Taps
    from traindx.probes.taps.twin import Twin

MAX_ROWS = 20


def is_bad(layout: Layout, vector: np.ndarray) -> bool:
    """Whether the step would poison the training: its loss, its weights or a gradient that is applied is not finite.

    Infinite layer outputs alone are no fault (attention masks are made of them). With dynamic loss scaling, gradients
    that are not finite are skipped by design.
    """
    step, _, _, variables = layout.unpack(vector)
    loss = layout.loss_seen and not math.isfinite(step["loss"])
    scaled = layout.dynamic_scale
    return bool(loss or (variables[:, 1] > 0).any() or (not scaled and (variables[:, 4] > 0).any()))


def bad_step(twin: Twin, vector: np.ndarray, model: Any, step: int, data: Any, taps: Taps) -> BadStep:
    """The bad step with everything that can be said of it; the model holds the state before it."""
    layout = twin.layout
    values, inputs, layers, variables = layout.unpack(vector)
    facts: dict[str, Any] = {
        "step": step, "batch": _batch(twin.named(data)), "silent": math.isfinite(values["loss"]), **_before(taps, twin, step)
    }
    if (inputs > 0).any():
        name = layout.inputs[int(np.argmax(inputs > 0))]
        rows = data_rows(dict(twin.named(data))[name])
        return BadStep(phase="data", name=name, **_rows(rows), **facts)
    if (variables[:, 1] > 0).any():
        return BadStep(phase="weight", name=layout.variables[int(np.argmax(variables[:, 1] > 0))].path, **facts)
    op, location = source_of(model, data)
    facts |= {"op": op, "location": location}
    broken = (layers[:, 7] > 0) & ~_usual(taps, twin, step)
    if broken.any():
        at = int(np.argmax(broken))
        layer = layout.layers[at]
        entered = float(layers[at - 1, 6]) if at else _largest(twin.named(data))
        rows = forward_rows(model, data, layout.live[at])
        return BadStep(phase="forward", name=layer.name, kind=layer.kind, activation=layer.activation,
                       dtype=layer.dtype, largest=entered, **_rows(rows), **facts)  # fmt: skip
    if layout.loss_seen and not math.isfinite(values["loss"]):
        head = layout.layers[-1] if layout.layers else None
        largest = float(layers[-1, 6]) if len(layers) else None
        return BadStep(phase="loss", name=head.name if head else "", activation=head.activation if head else None,
                       largest=largest, **_rows(loss_rows(model, data)), **facts)  # fmt: skip
    where = np.flatnonzero(variables[:, 4] > 0)
    last = max(where, key=lambda i: layout.variables[i].depth, default=0)
    found = layout.variables[last]
    kind = layout.layers[found.depth].kind if found.depth >= 0 else ""
    dtype = layout.layers[found.depth].dtype if found.depth >= 0 else "float32"
    return BadStep(phase="backward", name=found.path, kind=kind, dtype=dtype, **facts)


def _before(taps: Taps, twin: Twin, step: int) -> dict[str, Any]:
    seen = [s for s in taps.history.samples if s.step < step and np.isfinite(s.vector[0])]
    if not seen:
        return {}
    parts = [twin.layout.unpack(s.vector) for s in seen[-5:]]
    norms = [p[3][:, 2] for p in parts if len(p[3]) and np.isfinite(p[3][:, 2]).any()]
    gradient = max((float(np.nanmax(n)) for n in norms), default=None)
    wide = np.array([len(v.shape) > 1 for v in twin.layout.variables], bool)
    ratios = [s.moved[wide] / np.maximum(p[3][wide, 0], 1e-12) for s, p in zip(seen[-5:], parts, strict=True)
              if len(s.moved) == len(p[3]) and wide.any()]  # fmt: skip
    moved = max((float(np.nanmax(r)) for r in ratios if np.isfinite(r).any()), default=None)
    return {"loss_before": parts[-1][0]["loss"], "gradient_before": gradient, "update_before": moved}


def _usual(taps: Taps, twin: Twin, step: int) -> np.ndarray:
    """Layers whose outputs hold infinities in good steps too: attention masks are made of them."""
    seen = [twin.layout.unpack(s.vector)[2][:, 7] > 0 for s in taps.history.samples if s.step < step]
    return np.any(seen, axis=0) if seen else np.zeros(len(twin.layout.layers), bool)


def _rows(rows: np.ndarray | None) -> dict[str, Any]:
    if rows is None:
        return {}
    return {"rows": tuple(int(r) for r in rows[:MAX_ROWS]), "row_count": len(rows)}


def _batch(found: list[tuple[str, Any]]) -> int:
    return int(found[0][1].shape[0]) if found and len(found[0][1].shape) else 0


def _largest(found: list[tuple[str, Any]]) -> float | None:
    if not found:
        return None
    array = np.asarray(found[0][1]).astype(np.float64)
    return float(np.abs(array[np.isfinite(array)]).max(initial=0.0))
