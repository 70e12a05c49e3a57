"""Measurements from the training steps that were looked at; where none were, from the replays of both ends."""

from __future__ import annotations

import math

import numpy as np

from traindx.facts.dynamics import Dynamics
from traindx.facts.findings import NotApplicable, NotMeasured
from traindx.facts.observation import Observation, Replay, Training
from traindx.facts.steps import GradientFlow, HalfPrecision, NonFinite, Switches, UnitLife, UpdateRatio
from traindx.probes.base import probe

DEFAULT_RATES = {"SGD": 0.01, "Ftrl": 0.001, "Lion": 0.001}
"""Keras' defaults; 0.001 for all others."""
RELUS = {"relu", "relu6"}
SCALED = {"Adam", "AdamW", "Nadam", "Adamax", "RMSprop"}
"""Their steps have a bound: about three learning rates per weight."""


def sampled(training: Training) -> Dynamics | NotMeasured:
    """The dynamics with at least one sample, or why there are none."""
    found = training.dynamics
    if found is None:
        return NotMeasured("no training step of a Keras model was looked into")
    if not len(found.steps):
        return NotMeasured(found.missing or "no training step was looked into")
    return found


def kernels(found: Dynamics) -> list[int]:
    """Positions of the trained kernels (rank 2 and more) in forward order."""
    wide = [i for i, v in enumerate(found.variables) if len(v.shape) >= 2]
    return sorted(wide, key=lambda i: (found.variables[i].depth, i))


def over_default(training: Training) -> float | None:
    """The initial learning rate over the default of its optimizer."""
    optimizer = training.model.optimizer
    if optimizer is None or optimizer.learning_rate is None:
        return None
    return optimizer.learning_rate / DEFAULT_RATES.get(optimizer.kind, 0.001)


def place(training: Training) -> object:
    """Where the optimizer was made, else where the model was compiled."""
    optimizer = training.model.optimizer
    return (optimizer.location if optimizer is not None else None) or training.model.compile_location


def _median(values: np.ndarray) -> float:
    """Median of the finite values; NaN where there are none."""
    known = values[np.isfinite(values)]
    return float(np.median(known)) if len(known) else math.nan


def _ends(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    third = max(1, len(values) // 3)
    return values[:third], values[-third:]


@probe
def non_finite(training: Training, run: Observation) -> NonFinite | NotMeasured:
    """The first bad step with what came before it."""
    found = training.dynamics
    if found is None:
        return NotMeasured("no training step of a Keras model was looked into")
    losses = training.model.losses
    head = training.model.outputs[0] if training.model.outputs else None
    facts = {
        "rate_over_default": over_default(training), "custom_loss": any(x.kind == "custom" for x in losses),
        "loss": losses[0].name if losses else "", "activation": head.activation if head else None,
        "compile_location": training.model.compile_location,
    }  # fmt: skip
    bad = found.first_bad
    if bad is None:
        return NonFinite(None, **facts)
    before = [abs(v) for s, v in training.curve.step_loss if s < bad.step and math.isfinite(v)]
    if len(before) < 2 and len(found.steps):
        table = zip(found.steps, found.step["loss"], strict=True)
        before = [abs(float(v)) for s, v in table if s < bad.step and math.isfinite(v)]
    growth = max(before[-3:]) / max(before[0], 1e-30) if len(before) > 1 else None
    first = _whole(found)[:1] if len(found.steps) else np.zeros(0)
    rising = None
    if bad.gradient_before and len(first) and first[0] > 0:
        rising = bad.gradient_before / float(first[0])
    return NonFinite(bad, growth=growth, gradient_growth=rising, **facts)


def _whole(found: Dynamics) -> np.ndarray:
    """Norm of the whole gradient at every sample, (samples,)."""
    norms = np.nan_to_num(found.variable["gradient_norm"].astype(np.float64), nan=0.0, posinf=0.0)
    return np.sqrt(np.square(norms).sum(axis=1))


@probe
def gradient_flow(training: Training, run: Observation) -> GradientFlow | NotMeasured:
    """Gradients over depth and time."""
    found = sampled(training)
    clipped = training.model.optimizer is not None and training.model.optimizer.clipping is not None
    if isinstance(found, NotMeasured):
        if training.start is None or not training.start.variables:
            return found
        return _flow_of_ends(training.start, training.end, clipped)
    at = kernels(found)
    if not at:
        return NotMeasured("no layer with a kernel is trained")
    gradient, weight = found.variable["gradient_norm"][:, at], found.variable["weight_norm"][:, at]
    relative = gradient / np.maximum(weight, 1e-12)
    early, late = relative[:5], _ends(relative)[1]
    whole, losses = _whole(found), found.step["loss"]
    usual = _median(whole[whole > 0]) if (whole > 0).any() else math.nan
    peak = int(np.argmax(whole))
    a, b = _ends(whole)
    after = _after(losses, peak)
    return GradientFlow(
        "steps", tuple(found.variables[i].layer for i in at), tuple(_median(early[:, i]) for i in range(len(at))),
        tuple(_median(late[:, i]) for i in range(len(at))), clipped=clipped, samples=len(found.steps),
        burst=float(whole[peak] / usual) if len(whole) >= 8 and usual > 0 else None, burst_step=int(found.steps[peak]),
        after_burst=after, growth=_median(b) / _median(a) if _median(a) > 0 else None, location=place(training),
    )  # fmt: skip


def _after(losses: np.ndarray, peak: int) -> float | None:
    before, after = losses[max(0, peak - 5) : peak], losses[peak + 1 : peak + 6]
    if len(before) < 2 or len(after) < 2 or not _median(before) > 0:
        return None
    return _median(after) / _median(before)


def _flow_of_ends(start: Replay, end: Replay | None, clipped: bool) -> GradientFlow:
    first = [v for v in start.variables if len(v.shape) >= 2]
    last = {v.path: v for v in end.variables} if end is not None else {}
    return GradientFlow(
        "ends", tuple(v.layer for v in first), tuple((v.gradient_norm or 0.0) / max(v.norm, 1e-12) for v in first),
        tuple((last[v.path].gradient_norm or 0.0) / max(last[v.path].norm, 1e-12) for v in first if v.path in last),
        clipped=clipped,
    )  # fmt: skip


@probe
def update_ratio(training: Training, run: Observation) -> UpdateRatio | NotMeasured:
    """Length of the steps relative to the weights."""
    found = sampled(training)
    if isinstance(found, NotMeasured):
        return found
    at = [i for i in kernels(found) if not found.variables[i].sparse]
    moved = found.variable["update_norm"][:, at]
    if not at or not np.isfinite(moved).any():
        return NotMeasured("the updates of the weights were not seen")
    weight = np.nanmax(found.variable["weight_norm"][:, at], axis=0)
    ratio = np.where(np.isfinite(moved), moved, np.nan) / np.maximum(weight, 1e-12)
    early, late = _ends(ratio)
    per_kernel = np.array([_median(late[:, i]) for i in range(len(at))])
    worst = int(np.nanargmax(per_kernel)) if np.isfinite(per_kernel).any() else 0
    rates = found.step["learning_rate"]
    gradient = found.variable["gradient_norm"][:, at]
    optimizer = training.model.optimizer
    means = [float(r[np.isfinite(r)].mean()) for r in ratio.T if np.isfinite(r).any()]
    return UpdateRatio(
        early=_median(np.array([_median(early[:, i]) for i in range(len(at))])), late=_median(per_kernel),
        worst=float(per_kernel[worst]), worst_layer=found.variables[at[worst]].layer,
        path=float(np.median(means) * training.curve.steps) if means else math.nan, steps=training.curve.steps,
        rate=_median(rates) if np.isfinite(rates).any() else None, rate_over_default=over_default(training),
        optimizer=optimizer.kind if optimizer else "", samples=len(found.steps), location=place(training),
        zero_gradient=float((np.nan_to_num(gradient).max(axis=0) == 0).mean()),
    )  # fmt: skip


@probe
def unit_life(training: Training, run: Observation) -> UnitLife | NotMeasured | NotApplicable:
    """Death of relu units, over several batches."""
    found = sampled(training)
    if isinstance(found, NotMeasured):
        return found
    at = [i for i, layer in enumerate(found.layers) if layer.activation in RELUS and layer.units > 1]
    if not at or len(found.never_active) != len(found.layers):
        return NotApplicable("no layer ends in relu")
    worst = max(at, key=lambda i: found.never_active[i])
    dead = found.layer["dead_share"][:, worst]
    beyond = np.flatnonzero(dead > 0.9)
    died = int(found.steps[beyond[0]]) if len(beyond) else None
    layer = found.layers[worst].name
    return UnitLife(layer, found.never_active_start[worst], found.never_active[worst], len(found.steps), died)


@probe
def half_precision(training: Training, run: Observation) -> HalfPrecision | NotMeasured | NotApplicable:
    """Gradients lost to the range of float16."""
    found = sampled(training)
    if isinstance(found, NotMeasured):
        return found
    halves = [layer.dtype for layer in found.layers if layer.dtype == "float16"]
    if not halves:
        return NotApplicable("nothing is computed in float16")
    scaled = bool((found.step["scale"] != 1.0).any())
    zero = found.variable["gradient_zero_share"][:, kernels(found)]
    shares = [_median(zero[:, i]) for i in range(zero.shape[1])]
    worst = max(found.underflow, key=lambda k: found.underflow[k], default="")
    return HalfPrecision(
        halves[0], scaled, found.underflow.get(worst) if worst else None, worst,
        float(min((s for s in shares if math.isfinite(s)), default=0.0)), len(found.steps), _stride(found, training),
    )  # fmt: skip


def _stride(found: Dynamics, training: Training) -> float | None:
    """The longest step, per weight over the learning rate, of the middle kernel; None where the rule bounds no step."""
    optimizer = training.model.optimizer
    if optimizer is None or optimizer.kind not in SCALED or optimizer.weight_decay:
        return None
    at = kernels(found)
    size = np.sqrt([found.variables[i].size for i in at])
    steps = found.variable["update_norm"][:, at] / size / np.maximum(found.step["learning_rate"], 1e-30)[:, None]
    longest = np.where(np.isfinite(steps), steps, 0.0).max(axis=0, initial=0.0)
    return float(np.median(longest)) if len(at) else None


@probe
def switches(training: Training, run: Observation) -> Switches | NotMeasured | NotApplicable:
    """Outputs at both ends of a range, whatever the activation is called."""
    found = sampled(training)
    if isinstance(found, NotMeasured):
        return found
    smooth = (None, "tanh", "custom", "softsign")
    heads = {head.layer for head in training.model.outputs}
    at = [i for i, x in enumerate(found.layers) if x.activation in smooth and x.units > 1 and x.name not in heads]
    if not at:
        return NotApplicable("no hidden layer has a bounded activation")
    mean, spread, largest = (found.layer[n][:, at] for n in ("mean", "spread", "largest"))
    ratio = np.sqrt(mean**2 + spread**2) / np.maximum(largest, 1e-12)
    early, late = _ends(ratio)
    ends = np.array([_median(late[:, i]) for i in range(len(at))])
    worst = int(np.nanargmax(ends)) if np.isfinite(ends).any() else 0
    return Switches(found.layers[at[worst]].name, _median(early[:, worst]), float(ends[worst]),
                    int((ends > 0.95).sum()), len(at), len(found.steps))  # fmt: skip
