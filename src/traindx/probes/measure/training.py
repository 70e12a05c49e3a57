"""Progress, step size and movement of one training, and the exception that ended it."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np

from traindx.facts.findings import NotApplicable, NotMeasured
from traindx.facts.observation import LayerState, Observation, Replay, Training, VariableState
from traindx.facts.training import Crash, InputsRead, LostSignal, Movement, Progress, ShortEpochs, StepSize
from traindx.probes.base import probe
from traindx.probes.measure.model import RECTIFIERS, SATURABLE


def smooth_losses(training: Training) -> list[float]:
    """Training losses in order: per epoch, or per block of steps when there are fewer than 4 epochs."""
    epochs = list(training.curve.epochs.get("loss", ()))
    if len(epochs) >= 4:
        return epochs
    steps = [v for _, v in training.curve.step_loss]
    if len(steps) < 16:
        return epochs or steps
    blocks = np.array_split(np.array(steps), 12)
    return [float(b.mean()) for b in blocks]


def _course(losses: list[float]) -> dict[str, float | None]:
    finite = [v for v in losses if math.isfinite(v)]
    if len(finite) < 4:
        known = {"first_loss": finite[0] if finite else None, "last_loss": finite[-1] if finite else None}
        return {**known, "best_loss": min(finite, default=None)}
    first, best = finite[0], min(finite)
    quarter = max(1, len(finite) // 4)
    before, after = float(np.mean(finite[-2 * quarter : -quarter])), float(np.mean(finite[-quarter:]))
    fall = first - best
    late = np.abs(np.diff(finite[len(finite) // 2 :]))
    return {
        "first_loss": first, "last_loss": finite[-1], "best_loss": best,
        "falling": (before - after) / fall if fall > 0 else 0.0,
        "late_drop": (before - after) / (abs(before) + 1e-12),
        "roughness": float(late.mean() / fall) if fall > 0 and len(late) else None,
    }  # fmt: skip


def _validation(training: Training) -> dict[str, object]:
    values = list(training.curve.epochs.get("val_loss", ()))
    finite = [(v, i) for i, v in enumerate(values) if math.isfinite(v)]
    if len(finite) < 3:
        return {"validation_epochs": len(values)}
    low, at = min(finite)
    metric = next((v for k, v in training.curve.epochs.items() if k.startswith("val_") and "acc" in k), ())
    fell = (max(metric) - metric[-1]) if metric else None
    half = max(1, len(finite) // 2)
    late = float(np.mean([v for v, _ in finite[half:]])) < float(np.mean([v for v, _ in finite[:half]]))
    after = [v for v, i in finite if i >= at]
    turned = len(after) - 1 if all(b > a for a, b in pairwise(after)) else 0
    return {
        "validation_turned": turned, "best_validation": at,
        "validation_rise": (finite[-1][0] - low) / (abs(low) + 1e-12) if low != 0 else None,
        "last_validation": finite[-1][0], "validation_epochs": len(values), "validation_metric_fell": fell,
        "validation_falling": late,
    }  # fmt: skip


def _rate_left(training: Training) -> float | None:
    """Median learning rate over the epochs, as a share of the greatest or of the one compiled with."""
    rates = [r for r in training.curve.learning_rates if math.isfinite(r) and r >= 0]
    first = training.model.optimizer.learning_rate if training.model.optimizer is not None else None
    most = max([*rates, first or 0.0], default=0.0)
    return float(np.median(rates)) / most if len(rates) >= 3 and most > 0 else None


@probe
def progress(training: Training, run: Observation) -> Progress | NotMeasured:
    """The course of losses over epochs, or over blocks of steps."""
    curve = training.curve
    if not curve.steps:
        return NotMeasured("no training step was seen")
    fit = next((c for c in reversed(training.calls) if c.kind in ("fit", "train_on_batch", "loop")), None)
    settings = fit.settings if fit is not None else {}
    train = training.splits.get("train")
    epochs = curve.epochs_done
    rows = train.n if train is not None and train.source != "batches" else None
    patience = settings.get("patience")
    rates = [r for r in curve.learning_rates if r > 0]
    return Progress(
        epochs=epochs, steps=curve.steps, **_course(smooth_losses(training)), **_validation(training),  # type: ignore[arg-type]
        stopped_early=curve.stopped_by is not None and epochs < (curve.asked_epochs or 0),
        patience=int(patience) if isinstance(patience, int | float) else None, asked_epochs=curve.asked_epochs, rows=rows,
        batch_size=curve.batch_size, fit_location=fit.location if fit is not None else None,
        first_bad_step=curve.first_bad_step, restored_best=bool(settings.get("restore_best_weights")),
        rate_changes=bool(rates) and max(rates) > 1.5 * min(rates), rate_left=_rate_left(training),
        optimizers=curve.optimizers,
    )  # fmt: skip


@probe
def short_epochs(training: Training, run: Observation) -> ShortEpochs | NotApplicable:
    """Epochs that had fewer steps than those before them."""
    curve = training.curve
    if not curve.longest_epoch:
        return NotApplicable("no call of fit ran an epoch")
    fit = next((c for c in reversed(training.calls) if c.kind == "fit"), None)
    return ShortEpochs(curve.epochs_done, curve.short_epochs, curve.longest_epoch, curve.steps, fit.location if fit is not None else None)


def _best(steps: tuple[tuple[float, float], ...]) -> tuple[float | None, float | None, float | None]:
    """(best factor, relative rise of the loss at factor 1, of the best loss) over the loss without a step; None where no
    step as long as the program's own was tried."""
    losses = dict(steps)
    base, one = losses.get(0.0), losses.get(1.0)
    if base is None or one is None or not math.isfinite(base) or len(losses) < 3:
        return None, None, None
    finite = {f: v for f, v in losses.items() if f > 0 and math.isfinite(v)}
    if not finite:
        return None, None, None
    best = min(finite, key=lambda f: finite[f])
    scale = abs(base) + 1e-12
    rise = (one - base) / scale if math.isfinite(one) else math.inf
    return best, rise, (finite[best] - base) / scale


@probe
def step_size(training: Training, run: Observation) -> StepSize | NotMeasured:
    """Read the replayed step losses."""
    optimizer = training.model.optimizer
    if optimizer is None:
        return NotMeasured("no optimizer was seen")
    start = _best(training.start.steps) if training.start is not None else (None, None, None)
    end = _best(training.end.steps) if training.end is not None else (None, None, None)
    if start[0] is None and end[0] is None:
        return NotMeasured("no step could be replayed (custom loss or optimizer, or weights not finite)")
    return StepSize(
        rate=optimizer.learning_rate, optimizer=optimizer.kind, best_start=start[0], best_end=end[0],
        rise_start=start[1], rise_scaled=_best(training.start.steps_scaled)[1] if training.start is not None else None,
        rise_end=end[1], gain_start=start[2], gain_end=end[2],
        location=optimizer.location or training.model.compile_location,
    )  # fmt: skip


def _depth_ratio(replay: Replay | None) -> float | None:
    """Least over greatest gradient norm per weight root-mean-square among kernels; None with fewer than 2."""
    if replay is None:
        return None
    kernels = [v for v in replay.variables if len(v.shape) > 1 and v.gradient_norm is not None and v.norm > 0]
    return _apart([v.gradient_norm / v.norm for v in kernels if v.gradient_norm is not None])


def _depth_ratio_seen(training: Training) -> float | None:
    """The same of the first step that was looked into, where no loss is known to replay it with."""
    seen = training.dynamics
    if seen is None or not len(seen.steps) or seen.steps[0] != 0 or not {"gradient_norm", "weight_norm"} <= set(seen.variable):
        return None
    gradients, weights = seen.variable["gradient_norm"][0], seen.variable["weight_norm"][0]
    return _apart([float(g / w) for v, g, w in zip(seen.variables, gradients, weights, strict=True)
                   if len(v.shape) > 1 and v.connected and w > 0 and np.isfinite(g)])  # fmt: skip


def _apart(ratios: list[float]) -> float | None:
    return float(min(ratios) / max(ratios)) if len(ratios) >= 2 and max(ratios) > 0 else None


def _total_gradient(replay: Replay | None) -> float | None:
    if replay is None:
        return None
    norms = [v.gradient_norm for v in replay.variables if v.gradient_norm is not None]
    return float(np.sqrt(np.square(norms).sum())) if norms else None


def _hidden(training: Training, replay: Replay | None) -> list[LayerState]:
    if replay is None:
        return []
    outputs = {o.layer for o in training.model.outputs}
    return [x for x in replay.layers if x.name not in outputs]


def _worst(layers: list[LayerState], share: str, kinds: set[str]) -> tuple[float, str | None]:
    found = [(getattr(x, share), x.name) for x in layers if x.activation in kinds]
    return max(found, default=(0.0, None))


def _spread_of_last(layers: list[LayerState]) -> float | None:
    return layers[-1].row_spread if layers else None


def _penalty_share(replay: Replay | None) -> float | None:
    known = replay is not None and replay.loss and math.isfinite(replay.loss)
    return replay.penalty / abs(replay.loss) if known and replay is not None and replay.loss else None


def _moved_most(end: Replay) -> float | None:
    """The greatest change of a variable: relative for kernels, absolute for a bias, which begins at 0 as a rule."""
    moves = [v.moved if len(v.shape) > 1 else v.moved * v.norm / max(1.0, float(np.prod(v.shape))) ** 0.5
             for v in end.variables if v.moved is not None and math.isfinite(v.moved)]  # fmt: skip
    return max(moves, default=None)


def _decayed(training: Training) -> float:
    optimizer = training.model.optimizer
    if optimizer is None or not optimizer.weight_decay or not optimizer.learning_rate:
        return 0.0
    rates = [r for r in training.curve.learning_rates if math.isfinite(r)] or [optimizer.learning_rate]
    return float(np.mean(rates)) * optimizer.weight_decay * training.curve.steps


def _kept(start: Replay | None, end: Replay) -> float | None:
    """Median over kernels of the last norm over the first."""
    first = {v.path: v.norm for v in start.variables if len(v.shape) > 1} if start is not None else {}
    ratios = [v.norm / first[v.path] for v in end.variables if first.get(v.path, 0.0) > 0]
    return float(np.median(ratios)) if ratios else None


def _is_bias(variable: VariableState) -> bool:
    """Biases of recurrent cells and of attention heads have two axes, and begin at zero as they should."""
    return variable.path.rpartition("/")[2] in ("bias", "beta")


@probe
def movement(training: Training, run: Observation) -> Movement | NotMeasured:
    """What weights, gradients and units did between the first and the last weights."""
    start, end = training.start, training.end
    if end is None:
        return NotMeasured("the model could not be replayed")
    kernels = [v for v in end.variables if len(v.shape) > 1 and not _is_bias(v)]
    moves = [v.moved for v in kernels if v.moved is not None]
    hidden_start, hidden = _hidden(training, start), _hidden(training, end)
    dead, dead_layer = _worst(hidden, "dead_units", RECTIFIERS)
    saturated, saturated_layer = _worst(hidden, "saturated_share", SATURABLE)
    first = start.variables if start is not None else ()
    last = [x for x in (start.layers if start is not None else ()) if x.name in {o.layer for o in training.model.outputs}]
    return Movement(
        kernels=len(kernels), moved=float(np.median(moves)) if moves else None,
        depth_ratio=_depth_ratio(start) if start is not None and start.loss is not None else _depth_ratio_seen(training),
        depth_ratio_end=_depth_ratio(end), gradient_start=_total_gradient(start), gradient_end=_total_gradient(end),
        no_gradient=tuple(v.path for v in end.variables if v.gradient_norm is None and end.loss is not None),
        zero_gradient=tuple(v.path for v in first if v.gradient_norm == 0 and len(v.shape) > 1),
        unmoved=tuple(v.path for v in kernels if v.moved == 0.0),
        constant_kernels=tuple(v.layer for v in first if len(v.shape) > 1 and v.spread == 0 and np.prod(v.shape) > 1 and not _is_bias(v)),
        alike=max((v.units_alike for v in first if not _is_bias(v)), default=0.0),
        dead_start=_worst(hidden_start, "dead_units", RECTIFIERS)[0], dead_end=dead, dead_layer=dead_layer,
        saturated_start=_worst(hidden_start, "saturated_share", SATURABLE)[0], saturated_end=saturated,
        saturated_layer=saturated_layer, row_spread_start=_spread_of_last(hidden_start), row_spread_end=_spread_of_last(hidden),
        activation_start=max((abs(x.mean) + x.spread for x in hidden_start), default=None),
        start_loss=start.loss if start is not None else None, end_loss=end.loss, penalty_share=_penalty_share(end),
        penalty_share_start=_penalty_share(start), kept=_kept(start, end), decayed=_decayed(training),
        non_finite_weights=sum(v.non_finite for v in end.variables),
        non_finite_gradients=sum(v.gradient_non_finite for v in end.variables),
        hidden_saturating=sum(x.activation in SATURABLE for x in hidden),
        last_spread_start=last[0].spread if last else None, moved_most=_moved_most(end),
    )  # fmt: skip


@probe
def lost_signal(training: Training, run: Observation) -> LostSignal | NotMeasured | NotApplicable:
    """The greatest loss among the layers that a linear model could be fitted before and after."""
    if training.end is None:
        return NotMeasured("the model could not be replayed")
    found = [(x.signal[0] - x.signal[1], x) for x in training.end.layers if x.signal is not None]
    if not found:
        return NotApplicable("no layer without weights makes fewer numbers of its input")
    worst = max(found, key=lambda f: f[0])[1]
    assert worst.signal is not None
    at = next((x.location for x in training.model.layers if x.name == worst.name), None)
    return LostSignal(worst.name, worst.kind, worst.signal[0], worst.signal[1], at)


@probe
def inputs_read(training: Training, run: Observation) -> InputsRead | NotMeasured | NotApplicable:
    """Which positions of the inputs change no output, and whether their order does."""
    if training.end is None:
        return NotMeasured("the model could not be replayed")
    if not training.end.use:
        return NotApplicable("no input with positions, or outputs that do not depend on their rows alone")
    return InputsRead(training.end.use)


@probe
def crash(training: Training, run: Observation) -> Crash | NotApplicable:
    """The exception, once for the whole run."""
    if run.error is None:
        return NotApplicable("the program ended without an exception")
    failed = next((c for c in reversed(run.calls) if c.error), None)
    name = failed.kind if failed is not None else None
    return Crash(run.error.type, run.error.message, run.error.location, name, failed is not None)
