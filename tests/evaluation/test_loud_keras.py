"""A compiled test step in training mode is told from Monte Carlo dropout and from one in inference mode."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from traindx.facts.causes import Cause
from traindx.probes.loud import MONTE_CARLO, Loud

from .watched import causes

pytestmark = pytest.mark.keras


def judged(program: Any, *given: Any) -> Any:
    """What is said of a program that is called with keras, tensorflow and what is given."""
    import keras
    import tensorflow as tf

    from traindx.probes.attach import attach_keras, attach_loops, attach_tensorflow
    from traindx.probes.loops import Loops
    from traindx.probes.observe import observe
    from traindx.probes.recorder import Recorder

    recorder = Recorder(None)
    loops = Loops(recorder)
    patches = [attach_keras(keras, recorder), attach_loops(keras, recorder, loops), attach_tensorflow(tf, recorder, loops)]
    try:
        program(keras, tf, *given)
    finally:
        for each in reversed(patches):
            each.restore()
    return causes(observe(recorder, "test", exit=0, error=None, seconds=1.0))


def _loop(keras: Any, tf: Any, mode: bool, passes: int) -> None:
    """A compiled test step in `mode`, `passes` times over the test rows an epoch."""
    keras.utils.set_random_seed(4)
    x = np.random.default_rng(4).normal(size=(640, 8)).astype("float32")
    y = (x @ np.linspace(-1, 1, 8) > 0).astype("int32")
    layers = keras.layers
    model = keras.Sequential([layers.Input((8,)), layers.Dense(64, activation="relu"), layers.Dropout(0.8), layers.Dense(2)])
    optimizer, loss_of = keras.optimizers.Adam(0.01), keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    accuracy = keras.metrics.SparseCategoricalAccuracy()

    @tf.function
    def train_step(a: Any, b: Any) -> Any:
        with tf.GradientTape() as tape:
            loss = loss_of(b, model(a, training=True))
        optimizer.apply_gradients(zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables, strict=True))
        return loss

    @tf.function
    def test_step(a: Any, b: Any) -> None:
        accuracy.update_state(b, model(a, training=mode))

    for _ in range(8):
        for i in range(0, 480, 32):
            train_step(tf.constant(x[i : i + 32]), tf.constant(y[i : i + 32]))
        for _ in range(passes):
            test_step(tf.constant(x[480:]), tf.constant(y[480:]))


def _own_test_step(keras: Any, tf: Any, mode: bool) -> None:
    keras.utils.set_random_seed(4)
    x = np.random.default_rng(4).normal(size=(640, 8)).astype("float32")
    y = (x @ np.linspace(-1, 1, 8) > 0).astype("int32")

    class Own(keras.Model):
        def __init__(self) -> None:
            super().__init__()
            self.all = [keras.layers.Dense(64, activation="relu"), keras.layers.Dropout(0.8), keras.layers.Dense(2)]

        def call(self, x: Any, training: Any = None) -> Any:
            return self.all[2](self.all[1](self.all[0](x), training=training))

        def test_step(self, data: Any) -> Any:
            a, b = data
            out = self(a, training=mode)
            return {"loss": self.compute_loss(a, b, out)}

    model = Own()
    model.compile(keras.optimizers.Adam(0.01), keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    model.fit(x[:480], y[:480], epochs=12, verbose=0)
    model.evaluate(x[480:], y[480:], verbose=0)


@pytest.mark.parametrize("mode", [True, False])
def test_a_test_step_of_the_models_own(mode: bool) -> None:
    assert (Cause.TRAIN_INFERENCE_GAP in judged(_own_test_step, mode)) is mode


@pytest.mark.parametrize(("mode", "passes", "blamed"), [(True, 1, True), (False, 1, False), (True, MONTE_CARLO, False)])
def test_a_compiled_test_step(mode: bool, passes: int, blamed: bool) -> None:
    assert (Cause.TRAIN_INFERENCE_GAP in judged(_loop, mode, passes)) is blamed


def test_many_batches_of_one_pass_are_no_monte_carlo() -> None:
    loud = Loud()
    for i in range(20):
        loud.called(np.full((4, 2), float(i), "float32"), 7, None)
    assert not loud.meant
    for _ in range(MONTE_CARLO):
        loud.called(np.zeros((4, 2), "float32"), 8, None)
    assert loud.meant
