"""Means that no reset empties between passes, and classes that are named in another order."""

from __future__ import annotations

import numpy as np
import pytest

from traindx.facts.evaluated_own import PiledUp
from traindx.facts.evaluation import GivenMetric
from traindx.facts.findings import Location, NotApplicable
from traindx.facts.observation import ModelFacts, Observation, Split, Training
from traindx.probes.given import Passes
from traindx.probes.measure.eval_own import piled_up
from traindx.probes.measure.eval_score import renamed

HERE = Location("train.py", 3)


def readings(*pairs: tuple[float, float]) -> Passes:
    made = Passes(pairs[0][1])
    for total, count in pairs:
        made.read(total, count)
    return made


def test_a_mean_over_all_passes_and_over_the_last_alone() -> None:
    made = readings((10, 50), (30, 100), (75, 150))
    assert (made.steady, made.passes, made.shown, made.last) == (True, 3, 0.5, 0.9)


@pytest.mark.parametrize("pairs", [((10, 50), (20, 50)), ((10, 50), (20, 90)), ((0, 0), (10, 50)), ((10, 50), (10, 50))])
def test_a_reset_or_readings_within_a_pass_are_no_passes(pairs: tuple[tuple[float, float], ...]) -> None:
    assert not readings(*pairs).steady


@pytest.mark.parametrize(("rows", "seen"), [(40, True), (100, False)])
def test_passes_are_told_by_the_rows_of_a_split(rows: int, seen: bool) -> None:
    x = np.arange(40.0)[:, None]
    held = Split("test", (x,), (x[:, 0],), n=40)
    metric = GivenMetric("acc", "", HERE, passes=5, rows=rows, shown=0.5, last=0.9)
    found = piled_up(Training(ModelFacts("m", "m", "Sequential"), splits={"test": held}), Observation("train.py", metrics=(metric,)))
    assert isinstance(found, PiledUp if seen else NotApplicable)


def test_classes_that_only_bear_other_names() -> None:
    rng = np.random.default_rng(0)
    true = rng.integers(0, 6, 600)
    assert renamed(true, (true + 2) % 6) == 1.0
    assert renamed(true, rng.integers(0, 6, 600)) < 0.3
    assert renamed(true, np.zeros(600)) < 0.25
