"""Why a part of a model's evaluation trials has no answer, in words for the report."""

from __future__ import annotations

import re

from traindx.facts.findings import NotMeasured
from traindx.facts.observation import Training

LONGEST = 160
"""Characters of a reason: two lines of a terminal; exceptions of TensorFlow fill screens."""


def untried(training: Training, part: str, otherwise: str) -> NotMeasured:
    """What the trials noted on `part` ("the loss"); without a note, what is missing of the run, or else `otherwise`."""
    tried = training.evaluation
    if training.model.kind == "gone":
        return NotMeasured("the program had thrown the model away before its end")
    if tried is None:
        return NotMeasured("the model could not be replayed after the run")
    for note in tried.notes:
        if note.startswith(f"{part} could not be tried") or note == f"no time was left to try {part}":
            return NotMeasured(shortened(note))
    if "train" not in training.splits:
        return NotMeasured("no training rows could be kept to try it on")
    return NotMeasured(otherwise)


def shortened(note: str) -> str:
    """One line without TensorFlow's names of graph nodes."""
    said = " ".join(re.sub(r"\{\{.*?(\}\}|$)", "", note, flags=re.DOTALL).split())
    return said if len(said) <= LONGEST else said[: LONGEST - 1].rstrip() + "…"
