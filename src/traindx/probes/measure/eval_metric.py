"""Recomputes every compiled metric from predictions and labels, with scikit-learn's definitions in NumPy."""

from __future__ import annotations

import numpy as np

from traindx.facts.evaluated import MetricFigure, MetricsOnTrial
from traindx.facts.evaluation import MetricTrial
from traindx.facts.findings import NotApplicable, NotMeasured
from traindx.facts.observation import Observation, Split, Training
from traindx.facts.outcome import Targets
from traindx.facts.skill import class_ids, numeric, predicted_classes, regression_skill, threshold
from traindx.probes.base import probe
from traindx.probes.measure.eval_loss import compiled_at, ended
from traindx.probes.measure.targets import targets
from traindx.probes.measure.tried import untried

REGRESSION_LOSSES = {"mse", "mae", "huber", "msle", "mape", "poisson"}


def family(trial: MetricTrial) -> str:
    """What a metric means to measure: by Keras' class or function, else by the name the program gave it."""
    if not trial.custom:
        kind = trial.kind.lower().replace("_", "")
        if "topk" in kind or "iou" in kind:
            return "other"
        if kind in ("accuracy", "binaryaccuracy", "categoricalaccuracy", "sparsecategoricalaccuracy"):
            return "accuracy"
        return kind if kind in ("precision", "recall") else "f1" if kind in ("f1score", "fbetascore") else "other"
    name = f"{trial.name} {trial.kind}".lower()
    if any(w in name for w in ("top", "@", "_at_", "loss")):
        return "other"
    for word, found in (
        ("prec", "precision"),
        ("recall", "recall"),
        ("sensitiv", "recall"),
        ("f1", "f1"),
        ("acc", "accuracy"),
        ("hit", "accuracy"),
        ("correct", "accuracy"),
    ):
        if word in name:
            return "other" if "top" in name else found
    return "other"


def per_class(
    guess: np.ndarray, ids: np.ndarray, classes: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """(precision, recall, f1, support) per class, 0 where undefined."""
    hit = np.array([((guess == c) & (ids == c)).sum() for c in classes], dtype=float)
    said = np.array([(guess == c).sum() for c in classes], dtype=float)
    real = np.array([(ids == c).sum() for c in classes], dtype=float)
    precision = np.divide(hit, said, out=np.zeros_like(hit), where=said > 0)
    recall = np.divide(hit, real, out=np.zeros_like(hit), where=real > 0)
    total = precision + recall
    f1 = np.divide(2 * precision * recall, total, out=np.zeros_like(hit), where=total > 0)
    return precision, recall, f1, real


def truth(of: str, guess: np.ndarray, ids: np.ndarray) -> tuple[float, float] | None:
    """(lowest, highest) value over binary, micro, macro and weighted definitions."""
    accuracy = float((guess == ids).mean())
    if of == "accuracy":
        return accuracy, accuracy
    classes = np.unique(np.concatenate([guess, ids]))
    values = dict(zip(("precision", "recall", "f1"), per_class(guess, ids, classes)[:3], strict=True)).get(of)
    if values is None:
        return None
    support = per_class(guess, ids, classes)[3]
    if len(classes) <= 2 and set(classes) <= {0, 1}:
        options = [float(values[list(classes).index(1)])] if 1 in classes else [0.0]
        options += [float(values.mean()), accuracy] if of == "f1" else []
    else:
        options = [float(values.mean()), float((values * support).sum() / support.sum()), accuracy]
    return min(options), max(options)


def _elementwise(trial: MetricTrial, y: np.ndarray, p: np.ndarray, cut: float, of: str) -> tuple[float, float] | None:
    """Multi-label: every cell is a binary decision; argmax of a row is none of the usual readings."""
    said, real = p > cut, y > 0.5
    if of == "accuracy":
        cell, row = float((said == real).mean()), float((said == real).all(axis=-1).mean())
        return min(cell, row), max(cell, row)
    return None


def figure(trial: MetricTrial, split: Split, training: Training, seen: Targets, cut: float) -> MetricFigure:
    """One metric trial with its recomputation."""
    of = family(trial)
    p, y = numeric(split.predicted_end[trial.output][: trial.rows]), numeric(split.y[trial.output][: trial.rows])
    found, trivial = None, None
    if p is not None and y is not None and np.isfinite(p).all() and trial.output == 0 and of != "other":
        if seen.kind == "multi-hot" and p.shape == y.shape:
            found = _elementwise(trial, y, p, cut, of)
        elif seen.task in ("binary", "multi-class") and p.ndim <= 2 and len(p) == len(y):
            ids = class_ids(y)
            guess = predicted_classes(p, 0.0 if seen.kind == "signed" else cut)
            found = truth(of, guess, ids)
            trivial = float(np.unique(ids, return_counts=True)[1].max() / len(ids)) if of == "accuracy" else None
    logs = training.curve.epochs.get(("val_" if split.role == "validation" else "") + trial.name, ())
    stamps = training.stamps
    last = stamps is not None and bool(stamps.epochs) and stamps.epochs[-1] == stamps.end
    whole = split.role == "validation" and split.n == len(split.x[0]) == trial.rows
    return MetricFigure(
        trial.name, trial.kind, of, split.role, trial.rows, trial.custom, trial.value, found, trivial, trial.batched,
        trial.perfect, trial.rounded, trial.constant, trial.opposite, trial.shuffled, trial.again,
        trial.last,
        logs[-1] if logs else None, bool(last and whole),
    )  # fmt: skip


@probe
def metrics_on_trial(training: Training, run: Observation) -> MetricsOnTrial | NotMeasured | NotApplicable:
    """All compiled metrics, recomputed."""
    tried, seen = training.evaluation, targets(training, run)
    if tried is None or not tried.metrics:
        if not training.model.metrics:
            return NotApplicable("the program compiled no metric")
        return untried(training, "the metrics", "no compiled metric could be called after the run")
    if isinstance(seen, NotMeasured):
        return seen
    cut, end, model = threshold(training.model), ended(training, run), training.model
    mine = [t for t in tried.metrics if t.output == 0]  # `seen` are the targets of the first output
    figures = tuple(figure(t, training.splits[t.split], training, seen, cut) for t in mine)
    fits_numbers = {x.kind for x in model.losses} <= REGRESSION_LOSSES and bool(model.losses)
    units = model.outputs[0].units if model.outputs else 1
    numbers = seen.kind == "continuous" or (seen.kind == "classes" and fits_numbers and (units or 1) == 1)
    skill = end.skill
    if numbers and training.splits["train"].predicted_end if "train" in training.splits else False:
        train = training.splits["train"]
        skill = regression_skill(train.predicted_end[0], train.y[0][: len(train.predicted_end[0])])
    return MetricsOnTrial(
        figures=figures, task=seen.task, targets=seen.kind, units=units or 1, numbers=numbers, skill=skill,
        validation_skill=end.validation_skill, head=model.outputs[0].activation if model.outputs else None,
        from_logits=any(x.from_logits for x in model.losses[:1]), location=compiled_at(training),
    )  # fmt: skip
