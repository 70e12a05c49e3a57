"""Custom loops: the same weights bit for bit, and the steps looked into, eager and inside tf.function."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

pytestmark = pytest.mark.keras
keras = pytest.importorskip("keras")
tf = pytest.importorskip("tensorflow")

from keras import layers

from traindx.probes.attach import attach_keras, attach_loops, attach_tensorflow
from traindx.probes.loops import Loops
from traindx.probes.recorder import Recorder
from traindx.probes.taps import schedule as schedules

BATCH, STEPS = 16, 60


def data() -> tuple[np.ndarray, np.ndarray]:
    """Six features, a sum."""
    x = np.random.default_rng(0).normal(size=(BATCH * STEPS, 6)).astype("float32")
    return x, x.sum(axis=1, keepdims=True)


def net() -> Any:
    """A small network with dropout."""
    return keras.Sequential([layers.Input((6,)), layers.Dense(12, activation="relu"), layers.Dropout(0.2), layers.Dense(1)])


class Trainer:
    """An object whose method is the compiled step; it is gone when the loop is over."""

    def __init__(self, update: Any) -> None:
        self.update = update

    @tf.function
    def step(self, a: Any, b: Any) -> Any:
        """One step."""
        return self.update(a, b)


def loop(kind: str, x: np.ndarray, y: np.ndarray) -> Any:
    """Train one epoch by hand; the model."""
    keras.utils.set_random_seed(2)
    model, optimizer = net(), keras.optimizers.Adam(0.01)
    loss_of = keras.losses.MeanSquaredError()

    def step(a: Any, b: Any) -> Any:
        with tf.GradientTape() as tape:
            p = model(a, training=True)
            loss = tf.reduce_mean(tf.abs(p - b)) if kind == "own-loss" else loss_of(b, p)
            if kind == "branch" and loss > 1e9:
                loss = loss * 2.0
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables, strict=True))
        return loss

    if kind == "whole-loop":

        @tf.function
        def epoch(xs: Any, ys: Any) -> Any:
            total = tf.constant(0.0)
            for i in tf.range(STEPS):
                total += step(xs[i * BATCH : (i + 1) * BATCH], ys[i * BATCH : (i + 1) * BATCH])
            return total

        epoch(tf.constant(x), tf.constant(y))
        return model
    trainer = Trainer(step)
    run = step if kind == "eager" else trainer.step if kind == "method" else tf.function(step)
    for i in range(STEPS):
        run(tf.constant(x[i * BATCH : (i + 1) * BATCH]), tf.constant(y[i * BATCH : (i + 1) * BATCH]))
    return model


def watched(kind: str, x: np.ndarray, y: np.ndarray) -> tuple[Any, Any]:
    """(model, recorder) of the loop under watch."""
    recorder = Recorder()
    loops = Loops(recorder)
    patches = [attach_keras(keras, recorder), attach_loops(keras, recorder, loops), attach_tensorflow(tf, recorder, loops)]
    try:
        return loop(kind, x, y), recorder
    finally:
        for each in reversed(patches):
            each.restore()


@pytest.mark.parametrize("kind", ["eager", "function", "own-loss", "branch", "whole-loop", "method"])
def test_a_loop_is_the_same_bit_for_bit_and_looked_into(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Weights and seeds, and at least some samples with gradients and updates."""
    monkeypatch.setattr(schedules, "ALLOWANCE", 1e9)
    x, y = data()
    bare = [np.asarray(v) for v in loop(kind, x, y).variables]
    model, recorder = watched(kind, x, y)
    for a, b in zip(bare, model.variables, strict=True):
        np.testing.assert_array_equal(a, np.asarray(b))
    log = next(x for x in recorder.logs.values() if x.taps is not None)
    found = log.taps.finish(lambda: None)
    assert not recorder.notes
    for a, b in zip(bare, model.variables, strict=True):
        np.testing.assert_array_equal(a, np.asarray(b))
    assert found.first_bad is None
    if kind == "whole-loop":
        assert not len(found.steps)
        assert found.missing
        return
    assert len(found.steps) >= 5
    assert found.path == ("eager" if kind == "eager" else "afterwards")
    assert np.nanmin(found.variable["gradient_norm"].max(axis=1)) > 0
    assert np.nanmin(found.variable["update_norm"].max(axis=1)) > 0
    assert [v.layer for v in found.variables if len(v.shape) > 1] == [x.name for x in model.layers if x.weights]


def test_a_bad_row_in_a_function_loop_is_found() -> None:
    """The step and the row, by repeating the program's own function."""
    x, y = data()
    x[BATCH * 33 + 7, 2] = np.nan
    _, recorder = watched("function", x, y)
    log = next(x for x in recorder.logs.values() if x.taps is not None)
    found = log.taps.finish(lambda: None).first_bad
    assert found.exact
    assert (found.step, found.phase, found.rows) == (33, "data", (7,))


def test_nothing_stays_patched() -> None:
    """Every attribute is the original again, inherited ones too."""
    from keras.src.optimizers.base_optimizer import BaseOptimizer

    before = (keras.layers.Layer.__call__, tf.GradientTape.gradient, BaseOptimizer.apply, "__call__" in keras.Model.__dict__)
    _, recorder = watched("eager", *data())
    log = next(x for x in recorder.logs.values() if x.taps is not None)
    log.taps.finish(lambda: None)
    after = (keras.layers.Layer.__call__, tf.GradientTape.gradient, BaseOptimizer.apply, "__call__" in keras.Model.__dict__)
    assert before == after
