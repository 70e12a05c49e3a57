"""Scores in callbacks and compiled functions, calls without a mode and held-out rows that change: seen as they run."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from traindx.facts.causes import Cause
from traindx.facts.observation import Observation

from .watched import causes

pytestmark = pytest.mark.keras

RNG = np.random.default_rng(4)
X = RNG.normal(size=(640, 8)).astype("float32")
Y = (X @ np.linspace(-1, 1, 8) > 1).astype("int64")


def watched(program: Callable[[Any, Any], Any]) -> Observation:
    """What is seen of a program that prints and compiles functions of its own."""
    import keras
    import tensorflow as tf

    from traindx.probes import attach
    from traindx.probes.observe import observe
    from traindx.probes.recorder import Recorder

    recorder = Recorder(None)
    loops = recorder.loops
    patches = [attach.attach_keras(keras, recorder), attach.attach_loops(keras, recorder, loops),
               attach.attach_tensorflow(tf, recorder, loops), attach.attach_workers(keras, recorder, recorder.ledger)]  # fmt: skip
    try:
        keras.utils.set_random_seed(4)
        held = program(keras, tf)  # noqa: F841 - models live until they are looked at
    finally:
        for each in reversed(patches):
            each.restore()
    return observe(recorder, "test", exit=0, error=None, seconds=1.0)


def _model(keras: Any, *more: Any) -> Any:
    layers = keras.layers
    model = keras.Sequential([layers.Input((8,)), layers.Dense(16, activation="relu"), *more, layers.Dense(1, activation="sigmoid")])
    model.compile(keras.optimizers.Adam(0.02), "binary_crossentropy")
    return model


@pytest.mark.parametrize("wrong", [True, False])
def test_a_score_in_a_callback(wrong: bool) -> None:
    def program(keras: Any, tf: Any) -> Any:
        class Report(keras.callbacks.Callback):
            def __init__(self, x: Any, y: Any) -> None:
                super().__init__()
                self.x, self.y = x, y

            def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
                p = self.model.predict(self.x, verbose=0)
                right = ((p if wrong else p[:, 0]) > 0.5) == self.y
                print(f"epoch {epoch}: {right.mean():.3f}")

        model = _model(keras)
        model.fit(X[:480], Y[:480], epochs=5, verbose=0, callbacks=[Report(X[480:], Y[480:])])
        return model

    assert (Cause.BROKEN_METRIC in causes(watched(program))) is wrong


@pytest.mark.parametrize("wrong", [True, False])
def test_a_score_in_a_compiled_function(wrong: bool) -> None:
    def program(keras: Any, tf: Any) -> Any:
        model = _model(keras)

        @tf.function
        def score(a: Any, b: Any) -> Any:
            p = model(a, training=False)
            p = p if wrong else p[:, 0]
            return tf.reduce_mean(tf.cast(tf.equal(tf.cast(p > 0.5, tf.int64), b), tf.float32))

        for _ in range(5):
            model.fit(X[:480], Y[:480], verbose=0)
            for i in range(480, 640, 40):
                score(tf.constant(X[i : i + 40]), tf.constant(Y[i : i + 40]))
        return model

    run = watched(program)
    assert [s.how for s in run.scores] == ["pairs" if wrong else ""]
    assert (Cause.BROKEN_METRIC in causes(run)) is wrong


@pytest.mark.parametrize("told", [True, False])
def test_a_layer_that_was_told_to_train_for_good(told: bool) -> None:
    def program(keras: Any, tf: Any) -> Any:
        layers = keras.layers
        start = keras.Input((8,))
        z = layers.BatchNormalization()(layers.Dense(16)(start), **({"training": True} if told else {}))
        model = keras.Model(start, layers.Dense(1, activation="sigmoid")(layers.Activation("relu")(z)))
        model.compile(keras.optimizers.Adam(0.02), "binary_crossentropy")
        model.fit(X[:480], Y[:480], epochs=8, verbose=0)
        for row in X[480:500]:
            model(row[None])
        return model

    assert (Cause.TRAIN_INFERENCE_GAP in causes(watched(program))) is told


@pytest.mark.parametrize("noise", [True, False])
def test_held_out_rows_that_differ_from_pass_to_pass(noise: bool) -> None:
    def program(keras: Any, tf: Any) -> Any:
        disturb = keras.layers.GaussianNoise(1.0)

        def disturbed(a: Any, b: Any) -> Any:
            return disturb(a, training=noise), b

        held_out = tf.data.Dataset.from_tensor_slices((X[480:], Y[480:])).batch(40).map(disturbed)
        model = _model(keras)
        model.fit(X[:480], Y[:480], epochs=6, verbose=0, validation_data=held_out)
        return model

    assert (Cause.TRAIN_INFERENCE_GAP in causes(watched(program))) is noise
