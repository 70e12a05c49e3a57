"""Held-out rows that only the program scored: predictions of the trained model beside the labels it compared them with."""

from __future__ import annotations

import numpy as np

from traindx.facts.observation import Observation, Split, Training
from traindx.probes.measure.score_source import source_of

LEAST_ROWS = 20
MOST_SEEN = 0.05
"""Share of rows that may also stand in training: honest repetition, not the training rows scored again."""


def scored_split(training: Training, run: Observation) -> Split | None:
    """The last scored predictions of this model on rows it was not trained on, as a split without inputs."""
    train = training.splits.get("train")
    for call in reversed(run.scores):
        found = source_of(call, run.predictions)
        if found is None or call.y_true is None or call.y_true.dtype.kind not in "fiub" or len(call.y_true) < LEAST_ROWS:
            continue
        made = found[0]
        if made.model != training.model.key or made.outputs is None or made.hashes is None or made.reshuffles:
            continue
        if train is None or train.hashes is None or np.isin(made.hashes, train.hashes).mean() > MOST_SEEN:
            continue
        return Split("scored", (), (call.y_true,), n=len(call.y_true), predicted_end=(made.outputs,), location=call.location)
    return None
