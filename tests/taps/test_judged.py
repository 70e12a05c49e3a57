"""Rows that a program hands to its model outside of any step become a split: with targets, without, or not at all."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

pytestmark = pytest.mark.keras
keras = pytest.importorskip("keras")
tf = pytest.importorskip("tensorflow")

from traindx.facts.observation import Observation
from traindx.probes.attach import attach_keras, attach_loops, attach_tensorflow
from traindx.probes.observe import observe
from traindx.probes.recorder import Recorder

RNG = np.random.default_rng(0)
X, XT = RNG.normal(size=(320, 4)).astype("float32"), RNG.normal(size=(96, 4)).astype("float32")
Y, YT = X[:, :1].copy(), XT[:, :1].copy()


def seen(program: Any) -> Observation:
    """What is seen of `program`, which gets a model and a function that trains it for two epochs in a loop."""
    recorder = Recorder()
    patches = [attach_keras(keras, recorder), attach_loops(keras, recorder, recorder.loops)]
    patches.append(attach_tensorflow(tf, recorder, recorder.loops))
    try:
        keras.utils.set_random_seed(1)
        model = keras.Sequential([keras.layers.Input((4,)), keras.layers.Dense(1)])
        optimizer = keras.optimizers.Adam(0.01)

        def train() -> None:
            for points, targets in [(X[i : i + 32], Y[i : i + 32]) for _ in range(2) for i in range(0, 320, 32)]:
                with tf.GradientTape() as tape:
                    loss = tf.reduce_mean(tf.square(model(points, training=True) - targets))
                gradients = tape.gradient(loss, model.trainable_variables)
                optimizer.apply_gradients(zip(gradients, model.trainable_variables, strict=True))

        program(model, train)
    finally:
        for one in reversed(patches):
            one.restore()
    run = observe(recorder, "test", exit=0, error=None, seconds=1.0)
    assert not run.notes
    return run


def score(model: Any, points: Any, wanted: Any) -> float:
    """A program's own score: the targets stand beside the rows."""
    return float(np.mean((model(points, training=False).numpy() - wanted) ** 2))


def test_rows_scored_by_hand_are_the_test_split():
    def program(model: Any, train: Any) -> None:
        train()
        score(model, XT, YT)

    splits = seen(program).trainings[0].splits
    assert splits["test"].n == 96
    assert np.array_equal(splits["test"].x[0], XT)
    assert np.array_equal(splits["test"].y[0], YT)
    assert len(splits["test"].predicted_end[0]) == 96


def test_rows_scored_after_each_epoch_count_once():
    def program(model: Any, train: Any) -> None:
        for _ in range(3):
            train()
            for i in range(0, 96, 32):
                score(model, XT[i : i + 32], YT[i : i + 32])

    assert seen(program).trainings[0].splits["test"].n == 96


def test_rows_of_a_compiled_function():
    def program(model: Any, train: Any) -> None:
        train()

        @tf.function
        def judge(points: Any, targets: Any) -> Any:
            return tf.reduce_mean(tf.abs(model(points, training=False) - targets))

        judge(tf.constant(XT), tf.constant(YT))

    assert seen(program).trainings[0].splits["test"].n == 96


def test_rows_without_targets_are_predicted():
    def program(model: Any, train: Any) -> None:
        train()
        model(np.ascontiguousarray(XT[::-1]))

    splits = seen(program).trainings[0].splits
    assert "test" not in splits
    assert splits["predict"].n == 96


def test_training_rows_scored_again_are_no_other_split():
    def program(model: Any, train: Any) -> None:
        train()
        score(model, X, Y)

    assert set(seen(program).trainings[0].splits) == {"train"}


def test_rows_within_a_tape_are_trained_on():
    def program(model: Any, train: Any) -> None:
        train()
        with tf.GradientTape() as tape:
            model(XT)
        assert tape is not None

    assert set(seen(program).trainings[0].splits) == {"train"}


def test_streams_that_are_predicted():
    def program(model: Any, train: Any) -> None:
        model.compile("adam", "mse")
        model.fit(X, Y, epochs=1, verbose=0)
        model.predict(tf.data.Dataset.from_tensor_slices(XT * 5).batch(32), verbose=0)

    assert seen(program).trainings[0].splits["predict"].n == 96
