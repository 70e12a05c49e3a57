"""What is kept of a run stays within its bound, however long it runs and however many models it trains."""

from __future__ import annotations

import gc
import os
import weakref

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from traindx.probes.bounded import MOST_EPOCHS, Distinct, Ends, Epochs
from traindx.probes.predictions import MAX_BYTES, bound_scores, score_call
from traindx.probes.workers.rows import Rows
from traindx.probes.workers.values import MAX_HELD, Values


def test_the_first_and_the_last_stay():
    kept = Ends(40)
    for n in range(10_000):
        kept.append(n)
    assert len(kept) <= 40
    assert kept[:10] == list(range(10))
    assert kept[-20:] == list(range(9980, 10_000))


def test_epochs_are_thinned_evenly():
    kept = Epochs()
    for n in range(1, 3 * MOST_EPOCHS + 1):
        kept.add({"loss": float(n)}, 0.1)
        if n <= MOST_EPOCHS:
            assert kept.every == 1
    assert kept.every == 4
    assert kept.values["loss"] == [4.0 * k for k in range(1, len(kept.rates) + 1)]
    assert kept.count == 3 * MOST_EPOCHS
    assert len(kept.rates) == kept.count // kept.every


@given(st.lists(st.lists(st.integers(0, 2**64 - 1), max_size=50)), st.sets(st.integers(0, 100)))
def test_distinct_hashes_are_a_set(batches, other):
    made, known = Distinct(), set()
    for batch in batches:
        assert made.add(np.array(batch, np.uint64)) == len(set(batch))
        known |= set(batch)
        assert made.at_most >= len(known)
    rest = Distinct(np.array(sorted(other), np.uint64))
    assert set(made.values.tolist()) == known
    assert made.common(rest) == len(known & other)
    assert set(made.without(rest).values.tolist()) == known - other


def test_rows_of_many_passes():
    rows, hashes = Rows(), np.arange(400_000, dtype=np.uint64)
    for _ in range(5):
        rows.add(np.random.default_rng(0).permutation(hashes), len(hashes))
    assert rows.whole
    assert len(rows.seen) == 400_000


def test_figures_of_every_epoch():
    values = Values()
    for epoch in range(500):
        values.evaluated(values, {"loss": 1.0}, np.arange(10_000, dtype=np.uint64), None, epoch)
    assert sum(r.held for r in values.records) <= MAX_HELD
    assert values.records[-1].first == 499


def test_scores_of_every_epoch():
    calls = Ends(40)
    for n in range(60):
        calls.append(score_call("accuracy_score", {"y_true": np.zeros(900_000), "y_pred": np.zeros(900_000)}, 0.5, None, n))
        bound_scores(calls)
    assert sum(c.y_true.nbytes + c.y_pred.nbytes for c in calls) <= MAX_BYTES + 2 * 900_000 * 16
    assert (calls[0].order, calls[-1].order) == (0, 59)


@pytest.mark.keras
def test_models_of_a_search_are_let_go(tmp_path):
    import keras
    import tensorflow as tf

    from traindx.session import watch

    made, alive = watch("prog.py", tmp_path / "run"), []
    rows = np.random.default_rng(0).normal(size=(64, 4)).astype("float32")
    try:
        for _ in range(9):
            model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
            model.compile("sgd", "mse")
            model.fit(tf.data.Dataset.from_tensor_slices((rows, rows[:, :1])).batch(16), verbose=0)
            alive.append(weakref.ref(model))
            del model
            gc.collect()
    finally:
        for undo in reversed(made.undo):
            undo()
    assert sum(one() is not None for one in alive) <= 3
    assert len(made.recorder.logs) <= 3
    assert sum(bool(log.splits or log.streams) for log in made.recorder.logs) <= 2
