"""A program's own scoring: metrics that it updates itself, weights that it averages, a validation that costs nothing."""

from __future__ import annotations

import math

import numpy as np

from traindx.facts.evaluated_own import (
    AveragedWeights,
    FreeValidation,
    HandMetric,
    HandMetrics,
    LeastLoss,
    PairedLosses,
    PiledUp,
)
from traindx.facts.evaluation import GivenMetric
from traindx.facts.findings import NotApplicable, NotMeasured
from traindx.facts.observation import Observation, Training
from traindx.facts.skill import numeric
from traindx.probes.base import probe
from traindx.probes.measure.eval_loss import compiled_at
from traindx.probes.measure.targets import targets

LAST = 0.1
"""Share of the steps whose losses stand for the end of training."""


@probe
def hand_metrics(training: Training, run: Observation) -> HandMetrics | NotApplicable:
    """Every metric that the program updated or read itself; judged once, with the first training."""
    if not run.metrics or training.model.key != run.trainings[0].model.key:
        return NotApplicable("no metric was in the program's own hands, or they were judged with the first training")
    losses = [x for t in run.trainings for x in t.model.losses[:1]]
    return HandMetrics(tuple(_metric(m) for m in run.metrics), any(bool(x.from_logits) for x in losses))


def _metric(given: GivenMetric) -> HandMetric:
    made = HandMetric(given.name, given.kind, reads=given.reads, empty=given.empty, location=given.location)
    y, p = (numeric(a) if a is not None else None for a in (given.y, given.p))
    if y is None or p is None or given.threshold is None or y.shape != p.shape or not np.isin(y, (0.0, 1.0)).all():
        return made
    if not p.size or not np.isfinite(p).all():
        return made
    return HandMetric(
        given.name, given.kind, len(p), given.threshold, score(given.kind, p > given.threshold, y > 0.5),
        score(given.kind, p > 0, y > 0.5), float(((p < 0) | (p > 1)).mean()), location=given.location,
    )  # fmt: skip


def score(kind: str, said: np.ndarray, there: np.ndarray) -> float | None:
    """Accuracy, precision or recall of yes-or-no answers; None for other metrics."""
    hits = float((said & there).sum())
    if kind == "BinaryAccuracy":
        return float((said == there).mean())
    if kind == "Precision":
        return hits / max(1.0, float(said.sum()))
    return hits / max(1.0, float(there.sum())) if kind == "Recall" else None


@probe
def piled_up(training: Training, run: Observation) -> PiledUp | NotApplicable:
    """The metric whose value over all passes is furthest from that of the last pass; judged with the training whose rows it saw."""
    sizes = {}
    for role, split in training.splits.items():
        sizes[split.n] = role
        if split.hashes is not None and len(split.hashes):
            sizes[len(np.unique(split.hashes))] = role
    found = [m for m in run.metrics if m.passes > 1 and m.rows in sizes]
    if not found:
        return NotApplicable("no mean was read after each pass over a split without a reset")
    worst = max(found, key=lambda m: abs(m.shown - m.last))
    rows = int(worst.rows)
    return PiledUp(worst.name, worst.passes, rows, sizes[rows], worst.shown, worst.last, worst.location)


@probe
def free_validation(training: Training, run: Observation) -> FreeValidation | NotApplicable:
    """Validation losses of exactly 0."""
    values, losses = training.curve.epochs.get("val_loss", ()), training.curve.epochs.get("loss", ())
    if not values or not losses or any(values) or not all(math.isfinite(v) for v in losses):
        return NotApplicable("no validation loss was 0 in every epoch")
    where = next((c.location for c in training.calls if c.kind == "fit"), None)
    return FreeValidation(len(values), min(losses), losses[-1], training.model.has_train_step, where)


@probe
def averaged_weights(training: Training, run: Observation) -> AveragedWeights | NotMeasured | NotApplicable:
    """How far a moving average of the weights, which takes their place when training ends, lags behind them."""
    optimizer, steps = training.model.optimizer, training.curve.steps
    if optimizer is None or optimizer.averaging is None:
        return NotApplicable("the optimizer does not average weights")
    losses = [v for _, v in training.curve.step_loss if math.isfinite(v)]
    if steps < 2 or not losses or training.end is None or training.end.loss is None:
        return NotMeasured("the loss with the averaged weights is not known")
    logged = float(np.mean(losses[-max(1, int(LAST * len(losses))) :]))
    return AveragedWeights(
        optimizer.averaging, steps, optimizer.averaging ** (steps - 1), logged, training.end.loss,
        optimizer.location or compiled_at(training),
    )  # fmt: skip


@probe
def paired_losses(training: Training, run: Observation) -> PairedLosses | NotApplicable:
    """Losses of eager steps whose targets have one axis less than the outputs."""
    if not training.paired:
        return NotApplicable("no eager step with targets (n,) beside outputs (n, 1) was seen")
    return PairedLosses(training.paired, compiled_at(training))


@probe
def least_loss(training: Training, run: Observation) -> LeastLoss | NotMeasured | NotApplicable:
    """How low a loss over numbers went, beside the errors of the outputs."""
    seen, train = targets(training, run), training.splits.get("train")
    losses = training.curve.epochs.get("loss", ()) or tuple(v for _, v in training.curve.step_loss)
    if isinstance(seen, NotMeasured) or seen.task != "regression" or train is None or not losses:
        return NotApplicable("no loss over numbers")
    y = numeric(train.y[0]) if train.y else None
    p = train.predicted_end[0].astype(float) if train.predicted_end and train.predicted_end[0].dtype.kind == "f" else None
    if y is None or p is None or y.ndim != 1 or not np.isfinite(losses[-1]) or not np.isfinite(p).all() or y.std() == 0:
        return NotMeasured("outputs, or targets of one number a row, are missing")
    flat = p.reshape(len(p), -1)
    error = float(np.square(flat - y[: len(p), None]).mean(axis=0).min() / y.var())
    reach = float(np.abs(flat).max() / np.abs(y).max())
    return LeastLoss(losses[-1], losses[-1] <= min(losses), error, reach, compiled_at(training))
