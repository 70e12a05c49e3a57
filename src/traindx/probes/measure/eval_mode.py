"""Skill of the same rows in training and in inference mode."""

from __future__ import annotations

from collections import Counter

import numpy as np

from traindx.facts.evaluated import ModeGap
from traindx.facts.findings import NotMeasured
from traindx.facts.observation import Observation, Training
from traindx.facts.skill import split_skill, threshold
from traindx.probes.base import probe
from traindx.probes.measure.targets import targets
from traindx.probes.measure.tried import untried


@probe
def mode_gap(training: Training, run: Observation) -> ModeGap | NotMeasured:
    """Both modes on up to 256 training rows, with the last weights."""
    tried = training.evaluation.mode if training.evaluation else None
    if tried is None or tried.predicted_training is None or tried.predicted_inference is None:
        return untried(training, "the modes", "the model could not be run in both modes")
    seen, cut = targets(training, run), threshold(training.model)
    known = not isinstance(seen, NotMeasured) and tried.targets is not None
    pairs, quiet, loud = [(None, None, None)] * 2, None, None
    if known:
        assert tried.targets is not None
        assert not isinstance(seen, NotMeasured)
        task = seen.task
        outputs = (tried.predicted_training, tried.predicted_inference)
        pairs = [
            split_skill(p, tried.targets, task, cut) if len(p) == len(tried.targets) else (None,) * 3 for p in outputs
        ]
        if tried.predicted_loud is not None:
            n = len(tried.predicted_loud)
            quiet, loud = (split_skill(p[:n], tried.targets[:n], task, cut)[0] for p in (tried.predicted_inference, tried.predicted_loud))
    asked = Counter(c.data for c in training.calls if c.kind in ("predict", "predict_on_batch"))
    last = next((c.location for c in reversed(training.calls) if c.kind in ("predict", "evaluate", "fit")), None)
    return ModeGap(
        rows=tried.rows, training=pairs[0][0], inference=pairs[1][0], training_accuracy=pairs[0][1],
        inference_accuracy=pairs[1][1], redrawn=tried.redrawn, random_layer=tried.random_layer,
        random_kind=tried.random_kind, random_location=tried.random_location, dropout_like=tried.dropout_like,
        company=tried.company, company_rows=tried.company_rows, statistics=tried.statistics,
        repeats=max(asked.values(), default=0), location=last,
        loud=loud, loud_inference=quiet,
        supervised=known and not isinstance(seen, NotMeasured) and seen.task not in ("reconstruction", "unknown"),
        unasked=tried.unasked, unasked_again=tried.unasked_again, unasked_at=training.unasked,
        sums_over=_sums_over(tried.predicted_inference) if known and seen.task == "multi-class" else None,
    )  # fmt: skip


def _sums_over(p: np.ndarray) -> int | None:
    """The one axis of outputs (n, ..., classes) over which they add up to 1, where it is not the last."""
    if p.ndim < 2 or p.shape[-1] < 2 or not np.isfinite(p).all() or np.allclose(p.sum(axis=-1), 1, atol=1e-3):
        return None
    found = [a for a in range(p.ndim - 1) if p.shape[a] > 1 and np.allclose(p.sum(axis=a), 1, atol=1e-3)]
    return found[0] if len(found) == 1 else None
