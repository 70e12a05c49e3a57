"""The score without the held-out rows that stand in the training split too."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from traindx.facts.causes import Cause
from traindx.trials.experiments.resampling import compare
from traindx.trials.recipe import NotTestable, tests

if TYPE_CHECKING:
    from traindx.trials.shown import Shown

MIN_ROWS = 20


@tests(Cause.SPLIT_OVERLAP, Cause.SHARD_OVERLAP)
def score_without_overlap(world: Any, want: Any) -> Shown | NotTestable:
    """All held-out rows against those that training never saw, with the last weights."""
    case = world.base.case
    train = case.splits["train"]
    if train.hashes is None or not train.hashed_whole:  # a row that is not found may still have been trained on
        return NotTestable("not every training row was hashed, so no row is known to be free of overlap")
    worst: Shown | None = None
    for role in ("validation", "test"):
        split = case.splits.get(role)
        if split is None or not split.predicted_end or not split.y:
            continue
        ids = split.sampled_hashes
        if ids is None:
            continue
        predicted = split.predicted_end[0]
        clean = ~np.isin(ids[: len(predicted)], train.hashes)
        if clean.all() or clean.sum() < MIN_ROWS:
            continue
        truth = split.y[0][: len(predicted)]
        change = f"{role} rows that stand in training left out ({int((~clean).sum())} of {len(clean)})"
        found = compare(case, change, (predicted, truth), (predicted[clean], truth[clean]), paired=False, falls=True, matters=0.05)
        found = replace(found, patch=world.base.patched_data("held", f"unseen:{role}") or ())
        if worst is None or found.verdict == "confirmed":
            worst = found
    return worst or NotTestable("too few held-out rows are free of overlap")
