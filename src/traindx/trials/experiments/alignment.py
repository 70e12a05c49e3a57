"""Labels and predictions that the program scored against each other, beside the same rows put side by side by the model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from traindx.facts.causes import Cause
from traindx.facts.skill import class_ids, numeric, predicted_classes, threshold
from traindx.trials.recipe import NotTestable, Patch, Recipe, tests
from traindx.trials.shown import Shown

if TYPE_CHECKING:
    from traindx.facts.observation import ScoreCall

APART = 0.2


@tests(Cause.MISALIGNED_PREDICTIONS)
def aligned_rows(world: Any, want: Any) -> Shown | NotTestable:
    """The program's own pairs against the model's predictions for the rows whose labels they are."""
    case = world.base.case
    if case.task not in ("binary", "multi-class"):
        return NotTestable("the task has no classes")
    for score in case.run.scores:
        pairs = _labels(score)
        if pairs is None:
            continue
        reported = float((pairs[0] == pairs[1]).mean())
        for split in case.splits.values():
            if not split.predicted_end or not split.y:
                continue
            outputs = numeric(split.predicted_end[0])
            if outputs is None:
                continue
            truth = class_ids(split.y[0][: len(outputs)])
            direct = float((predicted_classes(outputs, threshold(case.model)) == truth).mean())
            same = split.n == len(pairs[0]) and np.allclose(np.bincount(truth) / len(truth), _shares(pairs[0], truth), atol=0.06)
            if same and direct - reported >= APART:
                change = "predictions compared with the labels of their own rows"
                return Shown(None, change, "accuracy", (round(reported, 4),), (round(direct, 4),), 0.0, "confirmed", True,
                             "the last weights, no re-training", _patch(world.base))  # fmt: skip
    return NotTestable("the program scored no predictions whose rows are known")


def _patch(base: Recipe) -> Patch:
    """The one prediction of rows that a pipeline hands out, in one order."""
    streams = [p for p in base.case.run.predictions if p.kind == "predict" and p.source in ("tf.data", "pydataset")]
    lines = {p.location.line for p in streams if p.location is not None}
    return (base.patched(("order", str(lines.pop()))) or ()) if len(lines) == 1 else ()


def _shares(labels: np.ndarray, truth: np.ndarray) -> np.ndarray:
    size = int(truth.max()) + 1
    return np.bincount(np.clip(labels, 0, size - 1), minlength=size)[:size] / len(labels)


def _labels(score: ScoreCall) -> tuple[np.ndarray, np.ndarray] | None:
    if score.y_true is None or score.y_pred is None or len(score.y_true) != len(score.y_pred):
        return None
    pair = [np.asarray(v) for v in (score.y_true, score.y_pred)]
    pair = [v.argmax(1) if v.ndim == 2 and v.shape[1] > 1 else v.reshape(len(v)) for v in pair]
    if any(v.dtype.kind not in "iufb" or not np.array_equal(v, np.round(v)) for v in pair):
        return None
    return pair[0].astype(int), pair[1].astype(int)
