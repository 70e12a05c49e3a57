"""Heat maps over layers and steps, and the model with the guilty layers marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from traindx.facts.pictures import HeatMap, LayerPicture
from traindx.reporters.words import count

if TYPE_CHECKING:
    from traindx.facts.diagnosis import Diagnosis
    from traindx.facts.dynamics import Dynamics
    from traindx.facts.observation import LayerFacts, Training


def heat_maps_of(training: Training, diagnosis: Diagnosis) -> tuple[HeatMap, ...]:
    """Gradient norms, update ratios and dead units of the sampled steps; the two ends where no steps were sampled."""
    guilty = tuple(guilty_layers(diagnosis))
    if training.dynamics is not None and len(training.dynamics.steps):
        maps = _sampled(training.dynamics, guilty)
    else:
        maps = _ends(training, guilty)
    return tuple(m for m in maps if np.isfinite(m.values).any())


def guilty_layers(diagnosis: Diagnosis) -> dict[str, str]:
    """Layers that an alarm names, with what is wrong."""
    found: dict[str, str] = {}
    for suspect in diagnosis.alarms:
        if suspect.layer:
            found.setdefault(suspect.layer, suspect.message)
    return found


def layers_of(training: Training, diagnosis: Diagnosis) -> tuple[LayerPicture, ...]:
    """The model from input to output."""
    guilty = guilty_layers(diagnosis)
    return tuple(
        LayerPicture(f.name, f.kind, _detail(f), _shape(f.shape_out), f.parameters, guilty.get(f.name, ""))
        for f in training.model.layers
    )


def _sampled(seen: Dynamics, guilty: tuple[str, ...]) -> list[HeatMap]:
    kernels = [i for i, variable in enumerate(seen.variables) if len(variable.shape) > 1]
    names = tuple(seen.variables[i].layer or seen.variables[i].path for i in kernels)
    steps = tuple(int(step) for step in seen.steps)
    maps: list[HeatMap] = []
    gradient, update = (seen.variable.get(name) for name in ("gradient_norm", "update_norm"))
    weight = seen.variable.get("weight_norm")
    if kernels and gradient is not None:
        maps.append(HeatMap("gradient_norm", names, steps, np.asarray(gradient, float)[:, kernels].T, guilty))
    if kernels and update is not None and weight is not None:
        with np.errstate(all="ignore"):
            ratio = np.asarray(update, float)[:, kernels] / np.asarray(weight, float)[:, kernels]
        maps.append(HeatMap("update_ratio", names, steps, ratio.T, guilty))
    dead = seen.layer.get("dead_share")
    if dead is not None:
        relu = [i for i in range(len(seen.layers)) if np.isfinite(dead[:, i]).any()]
        if relu:
            kept = tuple(seen.layers[i].name for i in relu)
            maps.append(HeatMap("dead_units", kept, steps, np.asarray(dead, float)[:, relu].T, guilty))
    return maps


def _ends(training: Training, guilty: tuple[str, ...]) -> list[HeatMap]:
    ends = [end for end in (training.start, training.end) if end is not None]
    steps = tuple(0 if end.when == "start" else training.curve.steps for end in ends)
    norms: dict[str, list[float]] = {}
    dead: dict[str, list[float]] = {}
    for place, end in enumerate(ends):
        for variable in end.variables:
            if len(variable.shape) > 1 and variable.gradient_norm is not None:
                norms.setdefault(variable.layer, [np.nan] * len(ends))[place] = variable.gradient_norm
        for layer in end.layers:
            if layer.activation == "relu":
                dead.setdefault(layer.name, [np.nan] * len(ends))[place] = layer.dead_units
    pairs = (("gradient_norm", norms), ("dead_units", dead))
    return [HeatMap(q, tuple(rows), steps, np.array(list(rows.values())), guilty) for q, rows in pairs if rows]


def _detail(layer: LayerFacts) -> str:
    facts = [count(layer.units, "unit") if layer.units else "", layer.activation or ""]
    facts.append(f"rate {layer.rate:g}" if layer.rate else "")
    facts.append("" if layer.trainable else "frozen")
    return ", ".join(fact for fact in facts if fact)


def _shape(shape: tuple[int | None, ...] | None) -> str:
    return " x ".join("?" if n is None else str(n) for n in shape) if shape else ""
