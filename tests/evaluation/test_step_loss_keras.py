"""The loss of a step of the program's own, as a function of what the model gives."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from traindx.facts.causes import Cause
from traindx.facts.evaluation import LossTrial
from traindx.facts.observation import Observation

from .test_losses_keras import train
from .watched import causes, findings, watched

pytestmark = pytest.mark.keras
RNG = np.random.default_rng(4)
X = RNG.normal(size=(320, 4)).astype("float32")
Y = (X @ np.array([[1.0], [-2.0], [0.5], [0.3]])).astype("float32")


def fitted(loss: Callable[[Any, Any, Any], Any]) -> Observation:
    """A model whose `train_step` minimises `loss(inputs, targets, outputs)`."""
    import keras
    import tensorflow as tf

    class Own(keras.Sequential):
        def train_step(self, data):
            x, y = data
            with tf.GradientTape() as tape:
                value = loss(x, y, self(x, training=True))
            gradients = tape.gradient(value, self.trainable_variables)
            self.optimizer.apply_gradients(zip(gradients, self.trainable_variables, strict=True))
            return {"value": value}

    def program() -> None:
        keras.utils.set_random_seed(2)
        model = Own([keras.Input((4,)), keras.layers.Dense(16, activation="tanh"), keras.layers.Dense(1)])
        model.compile(keras.optimizers.Adam(0.01))
        model.fit(X, Y, batch_size=32, epochs=4, verbose=0)

    return watched(program)


def outputs(run: Observation) -> Any:
    trials = run.trainings[0].evaluation
    assert trials is not None
    assert trials.step is not None, trials.notes
    assert trials.step.outputs, trials.notes
    return trials.step.outputs[0]


def test_a_sound_step_uses_every_row_and_falls_towards_the_targets():
    import tensorflow as tf

    run = fitted(lambda x, y, p: tf.reduce_mean(tf.square(y - p)))
    one = outputs(run)
    assert one.ignored_rows == 0
    assert one.gradient > 0
    assert one.moved > 0
    assert one.rising < -0.9
    assert Cause.LOSS_MISMATCH not in causes(run)


def test_one_row_of_the_batch():
    import tensorflow as tf

    run = fitted(lambda x, y, p: tf.reduce_mean(tf.square(y[0] - p[0])))
    assert outputs(run).ignored_rows > 0.9
    assert causes(run)[0] == Cause.LOSS_MISMATCH


def test_a_mask_takes_its_silence_along():
    import tensorflow as tf

    run = fitted(lambda x, y, p: tf.reduce_sum(tf.where(x[:, :1] > 0.3, tf.square(y - p), 0.0)) / 32)
    assert outputs(run).ignored_rows == 0
    assert Cause.LOSS_MISMATCH not in causes(run)


def test_a_loss_that_rises_towards_the_targets():
    import tensorflow as tf

    run = fitted(lambda x, y, p: -tf.reduce_mean(tf.square(y - p)))
    assert outputs(run).rising > 0.9
    assert Cause.LOSS_MISMATCH in causes(run)


def test_the_weights_are_left_as_they_were():
    import tensorflow as tf

    import traindx.probes.step_loss as step_loss

    seen: list[tuple[Any, list[np.ndarray]]] = []

    class Spy(step_loss.StepLoss):
        def run(self, data, ours):
            before = [v.numpy() for v in self.model.variables]
            made = super().run(data, ours)
            seen.append((before, [v.numpy() for v in self.model.variables]))
            return made

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("traindx.probes.trial_outputs.StepLoss", Spy)
        fitted(lambda x, y, p: tf.reduce_mean(tf.square(y - p)))
    assert seen
    assert all(np.array_equal(a, b) for before, after in seen for a, b in zip(before, after, strict=True))


@pytest.mark.parametrize("off", [0, 1])
def test_columns_compared_with_those_before(off):
    from keras import ops

    y = np.tanh(X @ RNG.normal(size=(4, 4))).astype("float32")

    def loss(wanted, given):
        first = ops.square(wanted[:, 0] - given[:, 0])
        return first + ops.mean(ops.square(wanted[:, 1 - off : 4 - off] - given[:, 1:]), axis=-1)

    run = watched(lambda: train(X, y, 4, None, loss))
    trials = run.trainings[0].evaluation
    assert trials is not None
    one: LossTrial = trials.losses[0]
    assert (one.shifted, one.shift) == ((0.75, -1) if off else (0.0, 0))
    assert ("loss-compares-other-columns" in [f.check for f in findings(run)]) == bool(off)
