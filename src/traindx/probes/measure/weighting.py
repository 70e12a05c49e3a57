"""What the rows of each class weigh in the training loss: `class_weight` times `sample_weight`."""

from __future__ import annotations

import numpy as np

from traindx.facts.observation import Training
from traindx.probes.measure.data_view import View


def class_weights(training: Training) -> dict[int, float]:
    """`class_weight` of the last call that trained; empty where none was given."""
    last = next((c for c in reversed(training.calls) if c.kind in ("fit", "train_on_batch")), None)
    text = str(last.settings.get("class_weights") or "") if last is not None else ""
    return {int(k): float(w) for k, w in (pair.split(":") for pair in text.split(",") if pair)}


def weighed_up(view: View, training: Training, rare: np.ndarray) -> bool:
    """Whether weights make every class of `rare` (classes,) count at least half of an even share, as no rare class does."""
    target, given = view.sheets["train"].target, class_weights(training)
    rows = view.splits["train"].sample_weight
    if target is None or target.codes is None or (not given and rows is None):
        return False
    codes = target.codes
    weight = np.ones(len(codes)) if rows is None else np.asarray(rows, dtype=float).reshape(len(rows), -1).mean(1)[: len(codes)]
    weight = weight * np.array([given.get(int(c), 1.0) for c in codes])
    known = (codes >= 0) & np.isfinite(weight) & (weight > 0)
    share = np.bincount(codes[known], weight[known], len(rare)) / max(weight[known].sum(), 1e-30)
    return bool((share[rare] >= 0.5 / max(1, (share > 0).sum())).all())
