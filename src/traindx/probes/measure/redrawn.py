"""Answers for held-out rows that came with other inputs in a later pass."""

from __future__ import annotations

import numpy as np

from traindx.facts.evaluated import RedrawnRows
from traindx.facts.findings import NotApplicable, NotMeasured
from traindx.facts.observation import Observation, Training
from traindx.facts.skill import class_ids, numeric, predicted_classes, threshold
from traindx.probes.base import probe
from traindx.probes.measure.targets import targets


@probe
def redrawn_rows(training: Training, run: Observation) -> RedrawnRows | NotMeasured | NotApplicable:
    """Classes of both versions of the first held-out batch."""
    tried, seen = training.evaluation.redrawn if training.evaluation is not None else None, targets(training, run)
    if tried is None:
        return NotApplicable("held-out rows were the same in every pass, or passed once")
    if isinstance(seen, NotMeasured) or seen.task not in ("binary", "multi-class"):
        return NotApplicable("the targets are no classes")
    a, b = (numeric(p) for p in (tried.first, tried.again))
    ids = class_ids(tried.targets)
    if a is None or b is None or a.ndim > 2 or len(a) != len(ids) or not np.isfinite(a).all() or not np.isfinite(b).all():
        return NotMeasured("the outputs are no scores of classes")
    cut = 0.0 if seen.kind == "signed" else threshold(training.model)
    said = [predicted_classes(p, cut) for p in (a, b)]
    return RedrawnRows(
        tried.role, len(ids), tried.changed, float((said[0] != said[1]).mean()),
        float(np.mean([(s == ids).mean() for s in said])), tried.redrawn, tried.passes, tried.location,
    )  # fmt: skip
