"""The decision threshold on trial: what would other cuts of the same scores give?"""

from __future__ import annotations

import numpy as np

from traindx.facts.evaluated import ThresholdSweep
from traindx.facts.findings import NotApplicable, NotMeasured
from traindx.facts.observation import Observation, Training
from traindx.facts.skill import auc, class_ids, numeric, threshold
from traindx.probes.base import probe
from traindx.probes.measure.outcome import held_out
from traindx.probes.measure.score_source import scored_predictions
from traindx.probes.measure.scored import scored_split
from traindx.probes.measure.targets import targets


def best_cut(scores: np.ndarray, positive: np.ndarray) -> tuple[float, float]:
    """(threshold, F1 there) of the best cut of scores (n,); rows at or above it are called positive."""
    order = np.argsort(-scores, kind="stable")
    right = np.cumsum(positive[order])
    f1 = 2 * right / (np.arange(1, len(scores) + 1) + positive.sum())
    ends = np.append(np.diff(scores[order]) != 0, True)
    at = int(np.argmax(np.where(ends, f1, -1.0)))
    return float(scores[order][at]), float(f1[at])


def hard_calls(training: Training, run: Observation) -> tuple[np.ndarray, np.ndarray, np.ndarray] | None:
    """(called positive, positive, scores) of the last yes-or-no answers that the program itself made and scored, or None."""
    for call, made, hard in scored_predictions(training, run):
        scores = numeric(made.outputs) if made.outputs is not None else None
        if not hard or scores is None or scores.ndim != 1 or call.y_pred is None or call.y_pred.dtype.kind not in "fiub":
            continue
        assert call.y_true is not None
        said, positive = class_ids(call.y_pred) > 0, class_ids(call.y_true) > 0
        if said.shape == positive.shape == scores.shape:
            return said, positive, scores
    return None


PIXELS = 1 << 18
"""Of masks with one channel that are looked at: of a picture after the other."""


@probe
def threshold_sweep(training: Training, run: Observation) -> ThresholdSweep | NotMeasured | NotApplicable:
    """Every threshold on the held-out scores of a single binary output, or on the pixels of masks."""
    seen = targets(training, run)
    if isinstance(seen, NotMeasured) or seen.task not in ("binary", "multi-label"):
        return NotApplicable("no single output tells two classes apart")
    split = held_out(training) or scored_split(training, run) or training.splits.get("train")
    if split is None or not split.predicted_end or not split.y:
        return NotMeasured("no predictions with labels were seen")
    scores, y = numeric(split.predicted_end[0]), numeric(split.y[0])
    if scores is None or y is None or not np.isfinite(scores).all():
        return NotMeasured("the predictions are no finite numbers")
    masks = scores.ndim == 3 and split.predicted_end[0].ndim == 4 and y[: len(scores)].shape == scores.shape
    if masks:
        scores, y = scores.reshape(-1)[:PIXELS], y.reshape(-1)[:PIXELS]
    elif scores.ndim != 1 or seen.task != "binary" or seen.units > 1:
        return NotApplicable("no single output tells two classes apart")
    positive = class_ids(y[: len(scores)]) > 0
    if positive.shape != scores.shape:
        return NotMeasured("labels and predictions are not row by row")
    cut = threshold(training.model)
    called = scores > cut
    said = None if masks else hard_calls(training, run)
    usual = None
    if said is not None:
        split_name, called, positive, scores = "scored", *said
        usual = float((scores > cut)[positive].mean()) if positive.any() else None
    else:
        split_name = split.role
    hits = int((called & positive).sum())
    f1 = 2 * hits / max(1, int(called.sum() + positive.sum()))
    best, reached = best_cut(scores, positive)
    return ThresholdSweep(
        split_name, len(scores), int(positive.sum()), int(called.sum()), hits, cut, f1, best, reached,
        auc(scores, positive), any(c.settings.get("class_weight") for c in training.calls),
        training.model.outputs[0].location if training.model.outputs else None, usual, "pixels" if masks else "rows",
    )  # fmt: skip
