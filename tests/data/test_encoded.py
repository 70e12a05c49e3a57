"""Means of the target by category, over all rows or over training rows, and columns that merely follow the target."""

from __future__ import annotations

import numpy as np
import pytest

from traindx.checks.data.target_mean_of_few_rows import target_mean_of_few_rows
from traindx.facts.data_splits import FractionColumn, TargetMean
from traindx.facts.observation import ModelFacts, Observation, Split, Training
from traindx.probes.measure.data_encoded import fraction_column, target_mean


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


def few_of_each(own: bool) -> tuple[np.ndarray, np.ndarray]:
    """Rows (n, 2) of shops that have four rows each, with the shop's mean target with or without the row's own."""
    rng = np.random.default_rng(3)
    shop = rng.integers(0, 1500, 6000)
    y = (rng.random(6000) < 0.35).astype(float)
    counts, sums = np.bincount(shop), np.bincount(shop, y)
    rate = sums[shop] / counts[shop] if own else (sums[shop] - y) / np.maximum(1, counts[shop] - 1)
    return np.stack([rng.normal(size=6000), 3 * rate - 1], 1).astype("float32"), y


@pytest.mark.parametrize("own", [True, False])
def test_the_mean_of_few_rows_with_and_without_the_rows_own_target(own: bool) -> None:
    x, y = few_of_each(own)
    splits = {r: Split(r, (x[at],), (y[at],), n=99_999) for r, at in (("train", slice(0, 4000)), ("validation", slice(4000, None)))}
    found = fraction_column(Training(ModelFacts("m", "m", "Sequential"), splits=splits), Observation("train.py"))
    assert isinstance(found, FractionColumn)
    assert found.column == "1"
    assert (target_mean_of_few_rows(found) is not None) is own
