"""Epochs in which the data ran out, counted while Keras trains."""

from __future__ import annotations

import numpy as np
import pytest

pytestmark = pytest.mark.keras
keras = pytest.importorskip("keras")

from traindx.probes.attach import attach_keras
from traindx.probes.recorder import Recorder


def batches(forever: bool):
    """Eight batches of sixteen rows, once or again and again."""
    x = np.random.default_rng(0).normal(size=(128, 3)).astype("float32")
    while True:
        for i in range(0, 128, 16):
            yield x[i : i + 16], x[i : i + 16, :1]
        if not forever:
            return


@pytest.mark.parametrize(("forever", "short"), [(True, 0), (False, 4)])
def test_a_generator_that_ends_leaves_later_epochs_without_steps(forever: bool, short: int):
    recorder = Recorder()
    patches = attach_keras(keras, recorder)
    try:
        model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
        model.compile("sgd", "mse")
        model.fit(batches(forever), steps_per_epoch=8, epochs=5, verbose=0)
        curve = recorder.log(model).curve()
    finally:
        patches.restore()
    assert (curve.longest_epoch, curve.short_epochs, curve.epochs_done) == (8, short, 5)
