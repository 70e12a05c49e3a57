"""From loss trials, gradients and logs to what the checks judge."""

from __future__ import annotations

import math

import numpy as np

from traindx.facts.evaluated import GradientReach, LossOnTrial, Reported, RowWeights, StandStill, reach_layers
from traindx.facts.evaluation import LossTrial
from traindx.facts.findings import Location, NotApplicable, NotMeasured
from traindx.facts.observation import Observation, Training
from traindx.facts.outcome import Outcome
from traindx.facts.skill import auc, numeric
from traindx.probes.base import probe
from traindx.probes.measure.outcome import outcome
from traindx.probes.measure.targets import targets
from traindx.probes.measure.tried import untried
from traindx.probes.measure.weighting import class_weights


def compiled_at(training: Training) -> Location | None:
    """Where the loss was given."""
    kinds = ("fit", "train_on_batch", "loop")
    return training.model.compile_location or next((c.location for c in training.calls if c.kind in kinds), None)


def ended(training: Training, run: Observation) -> Outcome:
    """The outcome, empty where it is not known."""
    found = outcome(training, run)
    return found if isinstance(found, Outcome) else Outcome()


def _relevant(training: Training, trials: tuple[LossTrial, ...]) -> tuple[LossTrial, ...]:
    """Of a `train_step` of the program's own the trials count only where its tape differentiates the same number."""
    step = training.evaluation.step if training.evaluation else None
    trials = tuple(t for t in trials if t.value is not None and math.isfinite(t.value) and math.isfinite(t.moved or 0.0))
    if not training.model.has_train_step:
        return trials
    if step is None or step.loss is None or len(trials) == 0:
        return ()
    replayed = training.end.loss if training.end is not None else None
    near = replayed is not None and abs(step.loss - replayed) <= 0.5 * max(abs(replayed), abs(step.loss), 1e-9)
    return trials if near else ()


@probe
def loss_on_trial(training: Training, run: Observation) -> LossOnTrial | NotMeasured:
    """The trials of the loss, of the program's own step, and the run's outcome."""
    tried = training.evaluation
    if tried is None or not (tried.losses or tried.step):
        return untried(training, "the loss", "the loss could not be called on its own after the run")
    end, seen, model = ended(training, run), targets(training, run), training.model
    known = not isinstance(seen, NotMeasured)
    own = [m.value for m in tried.metrics if "acc" in f"{m.name} {m.kind}".lower() and m.value is not None]
    fails = bool(own) and end.constant_accuracy is not None and min(own) < end.constant_accuracy - 0.1
    return LossOnTrial(
        trials=_relevant(training, tried.losses), step=tried.step, skill=end.skill, steps=training.curve.steps,
        targets=seen.kind if known else "", task=seen.task if known else "",
        same=known and seen.task == "reconstruction", own_step=model.has_train_step, compiled=bool(model.losses),
        regularised=any(x.l1 or x.l2 for x in model.layers), reached=tried.reach.reached if tried.reach else None,
        loss_name=model.losses[0].name if model.losses else "", accuracy_fails=fails,
        inverted=known and seen.kind == "binary" and _inverted(training),
        head=model.outputs[0].activation if model.outputs else None, location=compiled_at(training),
    )  # fmt: skip


def _inverted(training: Training) -> bool:
    split = training.splits.get("train")
    if split is None or not split.predicted_end or not split.y:
        return False
    p = numeric(split.predicted_end[0])
    y = numeric(split.y[0][: len(split.predicted_end[0])])
    return p is not None and y is not None and p.ndim == 1 and p.shape == y.shape and auc(p, y > 0.5) < 0.3


@probe
def row_weights(training: Training, run: Observation) -> RowWeights | NotApplicable:
    """How many rows of each split count nothing."""
    found = []
    for role, split in training.splits.items():
        if split.sample_weight is not None and role in ("train", "validation", "test") and len(split.sample_weight):
            rows = np.asarray(split.sample_weight, dtype=float).reshape(len(split.sample_weight), -1)
            found.append((role, float((rows == 0).all(axis=1).mean()), len(rows)))
    last = next((c for c in reversed(training.calls) if c.kind in ("fit", "train_on_batch")), None)
    classes = tuple(str(c) for c, weight in class_weights(training).items() if not weight)
    if not found and not classes:
        return NotApplicable("no sample weights were given")
    return RowWeights(tuple(found), last.location if last is not None else None, classes)


@probe
def gradient_reach(training: Training, run: Observation) -> GradientReach | NotMeasured:
    """Trainable weights that get no gradient, told apart by whether the outputs need them."""
    reach = training.evaluation.reach if training.evaluation else None
    if reach is None:
        return untried(training, "the gradient", "no backward pass could be run on the training rows")
    needed, unused, other, change = reach_layers(reach)
    end, layers = ended(training, run), {x.name: x for x in training.model.layers}
    first = next((layers[n.split("/")[-1]] for n in (*needed, *unused) if n.split("/")[-1] in layers), None)
    share = reach.parameters_cut / reach.parameters if reach.parameters else 0.0
    return GradientReach(
        needed=needed, unused=unused, other_output=other, needed_share=share, reached=reach.reached,
        source=reach.source, skill=end.skill, steps=training.curve.steps, change=change,
        deaf_inputs=reach.deaf_inputs,
        location=(first.location if first is not None else None) or training.model.build_location,
    )  # fmt: skip


@probe
def reported(training: Training, run: Observation) -> Reported | NotMeasured:
    """The logged losses beside those recomputed from the predictions with the last weights."""
    tried, logs = training.evaluation, training.curve.epochs
    found: list[tuple[str, float, float, float]] = []
    for name, mode in (("loss", "training"), ("val_loss", "inference")):
        values = [v for v in logs.get(name, ()) if math.isfinite(v)]
        again = _recomputed(training, mode)
        if values and again is not None and math.isfinite(again):
            found.append((name, values[-1], max(abs(v) for v in values), again))
    if tried is None or not found:
        return NotMeasured("no loss was logged, or none could be recomputed")
    moved = training.end is None or any((v.moved or 0) > 0 for v in training.end.variables)
    fit = next((c.location for c in training.calls if c.kind == "fit"), None)
    return Reported(tuple(found), moved, training.model.has_train_step, training.curve.steps, fit)


def _recomputed(training: Training, mode: str) -> float | None:
    tried = training.evaluation
    if tried is None:
        return None
    if mode == "training" and tried.step is not None and tried.step.loss is not None:
        return tried.step.loss
    values = [t.value + t.penalty for t in tried.losses if t.mode == mode and t.value is not None]
    return values[0] if values else None


def _half(training: Training) -> bool:
    kinds = {x.dtype for x in training.model.layers} | {training.model.dtype_policy}
    return any("float16" in k and "bfloat16" not in k for k in kinds)


@probe
def stand_still(training: Training, run: Observation) -> StandStill | NotMeasured:
    """Whether losses of single steps differ and weights move."""
    losses = [v for _, v in training.curve.step_loss if math.isfinite(v)]
    if not losses or training.end is None:
        return NotMeasured("no losses of single steps were seen")
    ways = [v.moved for v in training.end.variables if v.moved is not None]
    norms = [v.gradient_norm for v in training.end.variables if v.gradient_norm is not None]
    rates = training.curve.learning_rates
    where = compiled_at(training) or next((c.location for c in training.calls), None)
    return StandStill(
        seen=len(losses), values=len(set(losses)), loss=losses[-1], moved=max(ways, default=None),
        gradient=max(norms, default=None), rate=max(rates) if rates else None, half=_half(training), location=where,
        kind=training.kind, own_step=training.model.has_train_step,
    )  # fmt: skip
