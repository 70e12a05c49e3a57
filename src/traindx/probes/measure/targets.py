"""What the targets are, from their values and from the loss and metrics the program chose."""

from __future__ import annotations

import numpy as np

from traindx.facts.findings import NotMeasured
from traindx.facts.observation import ModelFacts, Observation, Split, Training
from traindx.facts.outcome import Targets
from traindx.facts.skill import numeric
from traindx.probes.base import probe

CLASS_LOSSES = {"scce", "cce", "bce", "bce_focal", "cce_focal", "hinge", "categorical_hinge"}
FEW_CLASSES = 100


def value_kind(y: np.ndarray) -> str:
    """`Targets.kind` of finite numbers, (rows, ...)."""
    if not y.size:
        return "none"
    if np.ptp(y) == 0 and not (y.ndim == 2 and y.shape[1] > 1):
        return "constant"
    if y.ndim == 2 and np.isin(y, (0.0, 1.0)).all():
        sums = y.sum(axis=1)
        if np.ptp(y, axis=0).max() == 0:
            return "constant"
        return "one-hot" if (sums <= 1).all() and (sums == 1).mean() > 0.5 else "multi-hot"
    values = np.unique(y)
    if y.ndim == 1 and len(values) == 2 and (values == (0, 1)).all():
        return "binary"
    if y.ndim == 1 and len(values) == 2 and (values == (-1, 1)).all():
        return "signed"
    whole = (values == np.round(values)).all()
    if whole and len(values) <= min(FEW_CLASSES, max(2.0, len(y) / 5)) and values.min() >= 0:
        return "classes"
    return "continuous"


def _as_meant(kind: str, y: np.ndarray, model: ModelFacts) -> str:
    """Whole numbers under a sparse loss are classes however few rows there are: 20 rows of 10 digits look like numbers."""
    whole = kind == "continuous" and y.size > 0 and bool((y == np.round(y)).all()) and y.min() >= 0
    return "classes" if whole and y.ndim == 1 and any(x.kind == "scce" for x in model.losses) else kind


def asks_for_classes(model: ModelFacts) -> bool:
    """Whether loss, metrics or output head say that the program means classes."""
    losses = {x.kind for x in model.losses}
    metrics = any("accuracy" in m.kind.lower() or "accuracy" in m.name.lower() for m in model.metrics)
    head = model.outputs[0] if model.outputs else None
    wide = head is not None and head.activation in ("softmax", "log_softmax") and (head.units or 0) > 1
    return bool(losses & {"scce", "cce", "cce_focal", "categorical_hinge"}) or metrics or wide or bool(losses & CLASS_LOSSES)


def task_of(kind: str, y: np.ndarray, model: ModelFacts, same_as_input: bool) -> str:
    """`Targets.task`."""
    if same_as_input:
        return "reconstruction"
    losses = {x.kind for x in model.losses}
    if kind == "classes" and "scce" not in losses and not asks_for_classes(model) and not _an_output_each(y, model):
        return "regression"
    if y.ndim > 1 and kind in ("binary", "classes", "continuous") and "scce" in losses:
        return "multi-class"
    if y.ndim > 2:
        return "regression" if kind == "continuous" else "multi-label"
    if kind == "continuous":
        return "multi-class" if "scce" in losses else "regression"
    known = {"binary": "binary", "signed": "binary", "classes": "multi-class", "one-hot": "multi-class", "multi-hot": "multi-label"}
    return known.get(kind, "unknown")


def _an_output_each(y: np.ndarray, model: ModelFacts) -> bool:
    """Whether a loop whose loss is its own has an output for every class number of targets (n,) and few more."""
    units = (model.outputs[0].units or 0) if model.outputs and not model.losses else 0
    return y.ndim == 1 and units > 1 and units / 2 <= y.max() < units


def _same_as_input(split: Split) -> bool:
    x, y = split.x[0], split.y[0]
    return x.shape == y.shape and x.ndim > 1 and bool(np.allclose(x[:64].astype(float), y[:64].astype(float), atol=1e-3))


def class_of_each_step(split: Split, y: np.ndarray) -> bool:
    """Whether targets (rows, steps, ...) name, step by step, one of as many classes as the outputs have."""
    p = split.predicted_end[0] if split.predicted_end else np.zeros(0)
    fits = y.ndim > 1 and p.ndim == y.ndim + 1 and p.shape[1:-1] == y.shape[1:] and p.shape[-1] > 1 and y.size > 0
    return fits and y.min() >= 0 and y.max() < p.shape[-1] and bool((y == np.round(y)).all())


@probe
def targets(training: Training, run: Observation) -> Targets | NotMeasured:
    """Describe the first output's targets on the sampled training rows."""
    split = training.splits.get("train")
    if split is None or not split.y:
        return NotMeasured("no training targets were seen")
    y = numeric(split.y[0])
    if y is None:
        return NotMeasured("the targets are no numbers")
    finite = y[np.isfinite(y).reshape(len(y), -1).all(axis=1)]
    kind = "classes" if (steps := class_of_each_step(split, finite)) else _as_meant(value_kind(finite), finite, training.model)
    same = split.x[0].dtype.kind in "fiub" and _same_as_input(split)
    task = "multi-class" if steps else task_of(kind, finite, training.model, same)
    values, counts = np.unique(finite.argmax(1) if kind == "one-hot" else finite, return_counts=True)
    if not finite.size:
        return NotMeasured("no finite target was seen")
    return Targets(
        kind=kind, task=task, units=int(y.shape[-1]) if y.ndim > 1 else 1,
        classes=len(values) if kind != "continuous" else 0, minimum=float(finite.min()), maximum=float(finite.max()),
        mean=float(finite.mean()), spread=float(finite.std()), share=float(counts.max() / counts.sum()),
        empty_rows=float((finite.sum(1) == 0).mean()) if kind == "one-hot" else 0.0,
        whole_numbers=bool((values == np.round(values)).all()), rank=split.y[0].ndim,
    )  # fmt: skip
