"""Means of the target by category, over all rows or over training rows, and columns that merely follow the target."""

from __future__ import annotations

import numpy as np
import pytest

from traindx.facts.data_splits import TargetMean
from traindx.facts.observation import ModelFacts, Observation, Split, Training
from traindx.probes.measure.data_encoded import target_mean


def seen(over: str, scale: float) -> TargetMean:
    """A table of 2000 rows in 90 categories, encoded over `all` rows or over those of training."""
    rng = np.random.default_rng(3)
    code = rng.integers(0, 90, 2000)
    y = (rng.random(2000) < 0.2 + 0.6 * (code % 7) / 7).astype("float32")
    part = slice(0, 1500) if over == "train" else slice(None)
    sums, counts = np.bincount(code[part], y[part], 90), np.bincount(code[part], minlength=90)
    rate = (sums / np.maximum(counts, 1))[code] if over != "none" else code % 7
    x = np.stack([rate * scale - 1, rng.normal(size=2000)], axis=1).astype("float32")
    train = Split("train", (x[:1500],), (y[:1500],), n=1500)
    held = Split("validation", (x[1500:],), (y[1500:],), n=500)
    made = target_mean(Training(ModelFacts("m", "m", "Sequential"), splits={"train": train, "validation": held}), Observation("p", 0))
    assert isinstance(made, TargetMean)
    return made


@pytest.mark.parametrize("scale", [1.0, 4.0, -3.0])
def test_means_over_all_rows(scale: float) -> None:
    made = seen("all", scale)
    assert made.both < 1e-9
    assert made.alone > 1e-3


@pytest.mark.parametrize("over", ["train", "none"])
def test_means_over_training_rows_and_plain_columns(over: str) -> None:
    assert seen(over, 4.0).both > 1e-4
