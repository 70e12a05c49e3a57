"""Nothing changes for the program: the same weights bit for bit, the same history, the same random streams."""

from __future__ import annotations

import random
from functools import cache
from typing import Any

import numpy as np
import pytest

pytestmark = pytest.mark.keras
keras = pytest.importorskip("keras")

from tests.taps import kinds

from traindx.probes.attach import attach_keras
from traindx.probes.observe import rows_of
from traindx.probes.recorder import Recorder
from traindx.probes.taps import schedule as schedules


def state_of(model: Any) -> list[np.ndarray]:
    """All weights, statistics, seeds and optimizer slots."""
    optimizers = [model.optimizer] if model.optimizer is not None else []
    variables = [*model.variables, *(v for o in optimizers for v in o.variables)]
    return [np.asarray(v) for v in variables]


@cache
def plainly(name: str) -> tuple[list[np.ndarray], dict[str, list[float]], tuple[float, float]]:
    """(state, history, next random numbers) of the program without traindx."""
    model, history = kinds.train(kinds.KINDS[name])
    return state_of(model), history, (random.random(), np.random.random())


@pytest.mark.parametrize("placed", [False, True], ids=["short-run", "twin-in-run"])
@pytest.mark.parametrize("name", list(kinds.KINDS))
def test_training_is_the_same_bit_for_bit(name: str, placed: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Weights, history and random streams with taps equal those without."""
    kind = kinds.KINDS[name]
    if placed and not kind.placed:
        pytest.skip("the twin is never placed for this kind")
    bare, history, streams = plainly(name)
    if placed:
        monkeypatch.setattr(schedules, "LONG", 0.0)
        monkeypatch.setattr(schedules, "WORTH", 0.0)
        monkeypatch.setattr(schedules, "ALLOWANCE", 1e9)
    recorder = Recorder()
    patches = attach_keras(keras, recorder)
    try:
        watched, seen = kinds.train(kind)
        assert (random.random(), np.random.random()) == streams
    finally:
        patches.restore()
    assert seen == history
    before = state_of(watched)
    for a, b in zip(bare, before, strict=True):
        np.testing.assert_array_equal(a, b)
    log = next(iter(recorder.logs.values()))
    dynamics = log.taps.finish(lambda: rows_of(log))
    assert not [n for n in recorder.notes if "could not record" in n]
    assert dynamics is not None
    for a, b in zip(before, state_of(watched), strict=True):
        np.testing.assert_array_equal(a, b)  # looking afterwards leaves no trace either
    assert dynamics.first_bad is None
    if kind.measured:
        assert len(dynamics.steps) >= 3
        assert dynamics.missing == ""
        assert np.nanmax(dynamics.variable["gradient_norm"]) > 0  # the taps are alive
        assert np.nanmax(dynamics.variable["update_norm"]) > 0
    else:
        assert dynamics.missing
