"""A model that goes through all folds of a cross-validation, and programs that fit several times and are right."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

pytestmark = pytest.mark.keras
keras = pytest.importorskip("keras")

from traindx.checks.data.rows_of_earlier_fits import rows_of_earlier_fits
from traindx.facts.observation import Observation
from traindx.facts.refits import TrainedBefore
from traindx.probes.attach import attach_keras
from traindx.probes.base import Bench
from traindx.probes.modellog import ModelLog
from traindx.probes.observe import observe
from traindx.probes.recorder import Recorder

RNG = np.random.default_rng(0)
X = RNG.normal(size=(400, 6)) * [1, 5, 20, 0.1, 1, 3]
Y = (X[:, 0] + RNG.normal(size=400) > 0).astype("float32")


def seen(program: Any) -> Observation:
    """What is seen of `program`, which gets a compiled model."""
    recorder = Recorder()
    patch = attach_keras(keras, recorder)
    try:
        keras.utils.set_random_seed(1)
        model = keras.Sequential([keras.layers.Input((6,)), keras.layers.Dense(8, "relu"), keras.layers.Dense(1, "sigmoid")])
        model.compile("adam", "binary_crossentropy")
        program(model)
    finally:
        patch.restore()
    run = observe(recorder, "test", exit=0, error=None, seconds=1.0)
    assert not run.notes
    return run


def finding(program: Any) -> Any:
    run = seen(program)
    made = Bench(run.trainings[0], run).take(TrainedBefore)
    return rows_of_earlier_fits(made) if isinstance(made, TrainedBefore) else None


def folds(model: Any, start: Any = None, judge: str = "evaluate") -> None:
    for fold in range(4):
        out = np.arange(400) % 4 == fold
        mean, spread = X[~out].mean(0), X[~out].std(0)
        a, b = (X[~out] - mean) / spread, (X[out] - mean) / spread
        if start is not None:
            model.set_weights(start)
        held = {"validation_data": (b, Y[out])} if judge == "validation" else {}
        model.fit(a, Y[~out], epochs=2, verbose=0, **held)
        if judge == "evaluate":
            model.evaluate(b, Y[out], verbose=0)
        if judge == "predict":
            model.predict(b, verbose=0)


@pytest.mark.parametrize("judge", ["evaluate", "predict", "validation"])
def test_one_model_through_all_folds_is_found(judge: str):
    found = finding(lambda model: folds(model, judge=judge))
    assert found is not None
    assert "same weights" in found.message


def test_weights_put_back_before_each_fold_are_right():
    assert finding(lambda model: folds(model, model.get_weights())) is None


def test_two_phases_on_the_same_split_are_right():
    def program(model: Any) -> None:
        for rows in (300, 200):
            model.fit(X[:rows], Y[:rows], epochs=1, verbose=0, validation_data=(X[300:], Y[300:]))
            model.evaluate(X[300:], Y[300:], verbose=0)
            model.evaluate(X[:300], Y[:300], verbose=0)

    assert finding(program) is None


def test_chunks_judged_before_they_are_trained_on_are_right():
    def program(model: Any) -> None:
        for at in range(0, 400, 80):
            if at:
                model.evaluate(X[at : at + 80], Y[at : at + 80], verbose=0)
            model.fit(X[at : at + 80], Y[at : at + 80], epochs=1, verbose=0)
            model.evaluate(X[: at + 80], Y[: at + 80], verbose=0)

    assert finding(program) is None


def test_an_array_that_is_gone_is_not_taken_for_a_later_one():
    log, rows = ModelLog("model0", lambda: None), np.zeros((3, 2))
    log.brought("train", rows)
    assert log.identities["train"] == {id(rows)}
    del rows
    assert not log.identities["train"]
