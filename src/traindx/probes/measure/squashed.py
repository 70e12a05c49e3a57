"""The loss of a hand-written loop or step that squashes outputs which are probabilities already."""

from __future__ import annotations

import numpy as np

from traindx.facts.evaluated import SquashedLoss
from traindx.facts.findings import NotApplicable, NotMeasured
from traindx.facts.observation import Observation, Training
from traindx.facts.skill import class_ids, numeric
from traindx.probes.base import probe
from traindx.probes.measure.targets import targets

LEAST_ROWS = 100
LAST = 0.1


@probe
def squashed_loss(training: Training, run: Observation) -> SquashedLoss | NotMeasured | NotApplicable:
    """Cross-entropy of the last predictions as probabilities and as logits, beside the loss of the last steps."""
    seen, head = targets(training, run), training.model.outputs[0] if training.model.outputs else None
    own = training.kind == "loop" or training.model.has_train_step
    if isinstance(seen, NotMeasured) or head is None or not own or training.model.losses:
        return NotApplicable("the loss is no unknown loss of a hand-written loop or step")
    if head.activation not in ("softmax", "sigmoid") or seen.task not in ("binary", "multi-class", "multi-label"):
        return NotApplicable("the outputs are no probabilities of classes")
    train, steps = training.splits.get("train"), [v for _, v in training.curve.step_loss if np.isfinite(v)]
    if train is None or not train.predicted_end or len(steps) < 10:
        return NotMeasured("predictions or losses of the steps are missing")
    p = numeric(train.predicted_end[0])
    if p is None or len(p) < LEAST_ROWS or p.ndim > 2 or not np.isfinite(p).all():
        return NotMeasured("too few finite predictions")
    ids = class_ids(train.y[0][: len(p)])
    ends = np.array(steps[-max(3, int(LAST * len(steps))) :])
    last, error = float(ends.mean()), float(ends.std() / np.sqrt(len(ends)))
    positive = ids > 0 if p.ndim == 1 else np.asarray(train.y[0][: len(p)]) > 0
    if head.activation == "sigmoid" and positive.shape == p.shape:
        return SquashedLoss(last, _binary(p, positive), _binary(1 / (1 + np.exp(-p)), positive), error, len(p), head.activation)
    if head.activation == "softmax" and p.ndim == 2 and ids.ndim == 1 and 0 <= ids.min() and ids.max() < p.shape[1]:
        again = np.exp(p) / np.exp(p).sum(axis=1, keepdims=True)
        return SquashedLoss(last, _of_class(p, ids), _of_class(again, ids), error, len(p), head.activation)
    return NotMeasured("labels and outputs do not fit")


def _of_class(p: np.ndarray, ids: np.ndarray) -> float:
    return float(-np.log(np.clip(p[np.arange(len(p)), ids], 1e-7, 1)).mean())


def _binary(p: np.ndarray, positive: np.ndarray) -> float:
    return float(-np.log(np.clip(np.where(positive, p, 1 - p), 1e-7, 1)).mean())
