"""The symptoms of DESIGN section 2, read off histories, results and predictions."""

from __future__ import annotations

import math

import numpy as np

from traindx.facts.causes import SymptomId
from traindx.facts.compute import EagerSteps
from traindx.facts.diagnosis import Symptom
from traindx.facts.observation import Observation, Training
from traindx.facts.outcome import Outcome


def detect(run: Observation, outcomes: dict[str, Outcome]) -> tuple[Symptom, ...]:
    """All symptoms of a run; `outcomes` by model key. One symptom a kind, the worst first seen."""
    found: dict[SymptomId, Symptom] = {}
    for training in run.trainings:
        for symptom in _of_training(training, outcomes.get(training.model.key)):
            found.setdefault(symptom.id, symptom)
    for loop in run.loops:
        if loop.first_bad_step is not None:
            found.setdefault(SymptomId.NAN_LOSS, Symptom(SymptomId.NAN_LOSS, f"loss not finite at step {loop.first_bad_step}"))
    waits = run.workers.waits if run.workers is not None else None
    if waits is not None and waits.waiting and not waits.ended:
        longest = max(w.seconds for w in waits.waiting)
        found.setdefault(SymptomId.HANG, Symptom(SymptomId.HANG, f"nothing moves: threads stand still for {longest:.0f} s"))
    if run.error is not None:
        found.setdefault(SymptomId.CRASH, Symptom(SymptomId.CRASH, f"{run.error.type}: {run.error.message.splitlines()[0][:160]}" if run.error.message else run.error.type))  # noqa: E501
    return tuple(found.values())


def _of_training(training: Training, outcome: Outcome | None) -> list[Symptom]:
    logs = training.curve.epochs
    found = [_nan(training), _zero_metric(training), _zero_precision(training), _constant(training), _zero_validation_loss(logs)]
    found += [_flat(logs, outcome), _diverging(logs), _gap(logs, outcome), _slow(training)]
    return [s for s in found if s is not None]


def _nan(training: Training) -> Symptom | None:
    losses = training.curve.epochs.get("loss", ())
    bad = [i for i, v in enumerate(losses) if not math.isfinite(v)]
    if bad:
        return Symptom(SymptomId.NAN_LOSS, f"loss {losses[bad[0]]} from epoch {bad[0] + 1} of {len(losses)}")
    if training.curve.first_bad_step is not None:
        return Symptom(SymptomId.NAN_LOSS, f"loss not finite at step {training.curve.first_bad_step}")
    if training.end is not None and any(v.non_finite for v in training.end.variables):
        count = sum(v.non_finite for v in training.end.variables)
        return Symptom(SymptomId.NAN_LOSS, f"{count} weights are not finite although the loss is")
    return None


def _low(values: tuple[float, ...], limit: float = 0.005) -> bool:
    return bool(values) and max(values) <= limit


def _zero_metric(training: Training) -> Symptom | None:
    for name, values in sorted(training.curve.epochs.items(), key=lambda item: not item[0].startswith("val_")):
        if "acc" in name and _low(values):
            return Symptom(SymptomId.ZERO_ACCURACY, f"{name} {values[-1]:.3f} in {len(values)} of {len(values)} epochs")
    return None


def _zero_precision(training: Training) -> Symptom | None:
    logs = training.curve.epochs
    for name, values in logs.items():
        if ("precision" in name or "recall" in name) and _low(values):
            return Symptom(SymptomId.ZERO_PRECISION_RECALL, f"{name} {values[-1]:.3f} in every epoch")
    return None


def _constant(training: Training) -> Symptom | None:
    for role in ("train", "validation", "test"):
        split = training.splits.get(role)
        if split is None or not split.predicted_end or not split.y or training.curve.steps == 0:
            continue
        p = np.asarray(split.predicted_end[0], dtype=float)
        if not np.isfinite(p).all() or len(p) < 8:
            return None
        flat = p.reshape(len(p), -1)
        one_class = flat.shape[1] > 1 and len(np.unique(flat.argmax(1))) == 1 and _many(split.y[0])
        same = float(flat.std(axis=0).max()) <= 1e-4 * max(1e-9, float(np.abs(flat).max()))
        one_side = flat.shape[1] == 1 and set(np.unique(split.y[0])) == {0, 1} and len(np.unique(flat > 0.5)) == 1
        if same or one_class or one_side:
            what = f"all {len(p)} predictions are {flat[0, 0]:.4g}" if same else f"all {len(p)} {role} rows get one class"
            return Symptom(SymptomId.CONSTANT_PREDICTIONS, what)
        return None
    return None


def _many(y: np.ndarray) -> bool:
    return len(np.unique(y.argmax(1) if y.ndim == 2 and y.shape[1] > 1 else y)) > 1


def _zero_validation_loss(logs: dict[str, tuple[float, ...]]) -> Symptom | None:
    values = logs.get("val_loss", ())
    if values and max(abs(v) for v in values) < 1e-6:
        return Symptom(SymptomId.ZERO_VALIDATION_LOSS, f"val_loss {values[-1]:.1e} in {len(values)} of {len(values)} epochs")
    return None


def _flat(logs: dict[str, tuple[float, ...]], outcome: Outcome | None) -> Symptom | None:
    losses = logs.get("loss", ())
    if len(losses) < 2 or not all(map(math.isfinite, losses)):
        return None
    change = (losses[0] - min(losses)) / (abs(losses[0]) + 1e-12)
    learned = outcome is not None and outcome.skill is not None and outcome.skill > 0.5
    if change < 0.02 and not learned:
        return Symptom(SymptomId.FLAT_LOSS, f"loss {losses[0]:.4g} to {losses[-1]:.4g} in {len(losses)} epochs")
    return None


def _diverging(logs: dict[str, tuple[float, ...]]) -> Symptom | None:
    losses = [v for v in logs.get("loss", ()) if math.isfinite(v)]
    if len(losses) >= 2 and losses[0] > 0 and losses[-1] > 2 * losses[0]:
        return Symptom(SymptomId.DIVERGING_LOSS, f"loss rose from {losses[0]:.4g} to {losses[-1]:.4g}")
    return None


def _gap(logs: dict[str, tuple[float, ...]], outcome: Outcome | None) -> Symptom | None:
    if outcome is None or outcome.gap is None:
        return None
    if outcome.gap > 0.2:
        return Symptom(
            SymptomId.GENERALISATION_GAP,
            f"skill {outcome.skill:.2f} on training rows, {outcome.validation_skill:.2f} on held-out rows",
        )
    return None


SLOW_SHARE, SLOW_SECONDS = 0.5, 1.0
"""Half of the training time and a second of it: see the thresholds of `waiting-for-data` and `steps-run-eagerly`."""


def _slow(training: Training) -> Symptom | None:
    """The training takes at least twice as long as its model needs: what it waited for, in seconds."""
    curve, compute = training.curve, training.compute
    step, wait = (compute.step_seconds, compute.wait_seconds) if compute is not None else (None, None)
    if step and wait and wait * curve.steps > max(SLOW_SECONDS, SLOW_SHARE * step * curve.steps):
        whole = step * curve.steps
        return Symptom(SymptomId.SLOW, f"{wait * curve.steps:.1f} s of {whole:.1f} s of training steps were spent waiting for data")
    trial = compute.eager if compute is not None else None
    eager = EagerSteps(trial) if trial is not None else None
    if eager is not None and eager.share > SLOW_SHARE and min(eager.lost, eager.lost_per_pass) > SLOW_SECONDS:
        whole = eager.trial.step * eager.trial.steps
        return Symptom(SymptomId.SLOW, f"{eager.lost:.1f} s of {whole:.1f} s of training went into Python between operations")
    for function in compute.functions if compute is not None else ():
        if function.traces > 5 and function.seconds > max(SLOW_SECONDS, SLOW_SHARE * (function.seconds + function.others)):
            return Symptom(SymptomId.SLOW, f"{function.seconds:.1f} s went into tracing {function.name} {function.traces} times")
    return None
