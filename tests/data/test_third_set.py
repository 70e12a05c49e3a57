"""Measurements that the third blind set asked for, on arrays whose answer is known."""

from __future__ import annotations

import numpy as np

from traindx.facts.observation import Split
from traindx.probes.loud import LEAST_FIRSTS, Loud
from traindx.probes.measure.data_splits import _other_source
from traindx.probes.measure.data_windows import longest_series
from traindx.probes.rowhash import row_hashes


def test_a_window_is_found_beside_other_columns():
    rng = np.random.default_rng(0)
    series = rng.normal(size=400).cumsum()
    windows = np.stack([series[s : s + 12] for s in range(380)])
    beside = np.c_[windows, rng.normal(size=(380, 3))].astype("float32")
    assert longest_series(beside) == slice(0, 12)
    assert longest_series(beside[:, 12:]) == slice(0, 3)  # none: all columns


def test_an_indicator_tells_another_source_from_another_scaling():
    rng = np.random.default_rng(0)
    a, b = rng.normal(size=(200, 3)), 2.5 * rng.normal(size=(100, 3)) + 8
    assert _other_source(np.c_[a, np.zeros(200)], np.c_[b, np.ones(100)])
    flags = rng.integers(0, 2, 300)
    assert not _other_source(np.c_[a, flags[:200]], np.c_[b, flags[200:]])
    assert not _other_source(a, b)


def test_rows_judged_loudly_are_told_from_training_rows_by_their_first():
    rng = np.random.default_rng(0)
    rows = rng.normal(size=(100, 4)).astype("float32")
    train = Split("train", "numpy", (rows[:50],), hashes=row_hashes((rows[:50],)))
    seen, fresh = Loud(), Loud()
    for i in range(LEAST_FIRSTS):
        seen.called(rows[i : i + 1], 7, None)
        fresh.called(rows[50 + i : 51 + i], 7, None)
    assert fresh.unseen(train)
    assert fresh.rows == 1
    assert not seen.unseen(train)
    assert not fresh.unseen(None)
