"""Held-out rows on trial that came with other inputs in a later pass: does the model answer them alike?"""

from __future__ import annotations

from typing import Any

import numpy as np

from traindx.facts.evaluation import RedrawnTrial
from traindx.probes.modellog import ModelLog, fill
from traindx.probes.replay import Batch, flat, forward


def try_again(model: Any, log: ModelLog, role: str) -> RedrawnTrial | None:
    """Both versions of the first batch of this split, predicted with the last weights; None where they never differed."""
    stream = log.streams.get(role)
    if stream is None or stream.first is None or not stream.again or role not in log.templates:
        return None
    first, targets = stream.first
    both = [flat(forward(model, Batch(fill(log.templates[role][0], x), None, None, len(x[0])), False))[0] for x in (first, stream.again)]
    differ = np.zeros(len(first[0]), bool)
    for a, b in zip(first, stream.again, strict=True):
        differ |= (a != b).reshape(len(a), -1).any(axis=1)
    return RedrawnTrial(
        role, float(differ.mean()), *(np.asarray(p, dtype=float) for p in both), targets[0], stream.redrawn, stream.passes - 1,
        stream.location,
    )  # fmt: skip
