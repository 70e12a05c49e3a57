"""What tasks tell merges to the same state, however rows were dealt out to tasks."""

from __future__ import annotations

import random
import sys

import numpy as np
import pytest
from tests.cluster.sameness import assert_same

from traindx.engines import state as states
from traindx.engines.base import Batch, Source, SourceError
from traindx.engines.local import LocalEngine
from traindx.engines.spark import session
from traindx.engines.spark.message import Tally, joined, packed, unpack


class Numbers:
    """A part: rows of numbers (n, 3) and labels, 1000 a batch."""

    def __init__(self, seed, n):
        rng = np.random.default_rng(seed)
        self.notes = []
        self.name, self.x = f"part {seed}", rng.normal(size=(n, 3)).astype(np.float32)
        self.x[n // 2, 1] = np.nan

    def batches(self, number):
        for first in range(0, len(self.x), 1000):
            rows = self.x[first : first + 1000]
            yield Batch(rows, np.zeros((len(rows), 0), object), rows[:, 2], ("a", "b", "c"), (), first, number)


@pytest.mark.parametrize("limits", [{}, {"HASHES": 3000, "SAMPLE": 300, "LABELS": 9000}], ids=["all", "thinned"])
def test_tasks_in_any_order_give_the_state_of_one_pass(monkeypatch, limits):
    for name, value in limits.items():
        monkeypatch.setattr(states, name, value)
    parts = [Numbers(k, n) for k, n in enumerate((6000, 3500, 1, 8000, 700))]
    plain = LocalEngine().fold(Source("train", parts))
    batches = [b for k, part in enumerate(parts) for b in part.batches(k)]
    bounds = states.bounds_of(sum(len(p.x) for p in parts))
    for seed in range(4):
        random.Random(seed).shuffle(batches)
        tallies = [Tally(bounds) for _ in range(5)]
        for at, batch in enumerate(batches):
            tallies[at % 5].add(batch)
        messages = [unpack(data) for tally in tallies for data in packed(tally.messages())]
        state, rows = joined(messages)
        assert bounds.enough(state)
        assert rows == {k: len(p.x) for k, p in enumerate(parts)}
        assert_same(plain, states.placed(state, [rows[k] for k in range(len(parts))]))


def test_a_message_twice_would_show():
    part = Numbers(0, 2000)
    tally = Tally(states.Bounds())
    for batch in part.batches(0):
        tally.add(batch)
    once, _ = joined(tally.messages())
    twice, _ = joined(tally.messages() * 2)
    assert once.rows * 2 == twice.rows
    assert (once.histogram * 2 == twice.histogram).all()


def test_without_pyspark_the_extra_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "pyspark", None)
    with pytest.raises(SourceError, match=r"needs PySpark, .* pip install 'traindx\[spark\]'; it also needs Java 17"):
        session.start()
