"""From the ranker's score to a confidence: the share of findings like this one that named a right cause.

A logistic curve (Platt 1999) with six numbers: of a first finding the score says more than of a later one. A check's
second word is judged by the score of its first: labels that accept the first often accept the second, and where the
first is wrong so is the second. `tools/calibrate.py` fits it on programs with planted faults, their healthy bases,
the zoo and its repaired twins; `calibration.json` holds the numbers, the command, and how well they hold on programs
that were not fitted on.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from traindx.facts.findings import Severity

CURVE = Path(__file__).with_name("calibration.json")
FEATURES = ("one", "score", "not_first", "score_not_first", "warning", "note")


def features(score: float, place: int, severity: Severity) -> tuple[float, ...]:
    """What the curve sees of a finding: the score in [0, 1] as log odds, its place (0 the first) and severity."""
    inside = min(0.99, max(0.01, score))
    odds, later = math.log(inside / (1 - inside)), float(place > 0)
    return 1.0, odds, later, odds * later, float(severity == Severity.WARNING), float(severity == Severity.NOTE)


def share(x: Sequence[float], weights: Sequence[float]) -> float:
    """The logistic curve at `x`, both of the length of `FEATURES`."""
    return 1 / (1 + math.exp(-sum(a * b for a, b in zip(x, weights, strict=True))))


@cache
def _weights() -> tuple[float, ...]:
    fitted = json.loads(CURVE.read_text("utf-8"))["weights"]
    return tuple(fitted[name] for name in FEATURES)


def confidence(score: float, place: int, severity: Severity) -> float:
    """How often a finding with this score, place (0 the first) and severity was right."""
    return share(features(score, place, severity), _weights())
