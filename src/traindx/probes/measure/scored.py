"""Held-out rows that only the program scored: predictions of the trained model beside the labels it compared them with."""

from __future__ import annotations

import numpy as np

from traindx.facts.observation import Observation, Split, Training
from traindx.probes.judged import LEAST_ROWS, MOST_TRAINED
from traindx.probes.measure.score_source import scored_predictions


def scored_split(training: Training, run: Observation) -> Split | None:
    """The last scored predictions of this model on rows it was not trained on, as a split without inputs."""
    train = training.splits.get("train")
    if train is None or train.hashes is None:
        return None
    for call, made, _ in scored_predictions(training, run):
        if call.y_true is None or len(call.y_true) < LEAST_ROWS or made.outputs is None or made.hashes is None or made.reshuffles:
            continue
        if np.isin(made.hashes, train.hashes).mean() > MOST_TRAINED:
            continue
        return Split("scored", (), (call.y_true,), n=len(call.y_true), predicted_end=(made.outputs,), location=call.location)
    return None
