"""What a model reads of its inputs, on models whose answer is known."""

from __future__ import annotations

import numpy as np
import pytest

from traindx.probes.input_use import input_use

pytestmark = pytest.mark.keras
X = np.random.default_rng(0).normal(size=(60, 24, 3)).astype("float32")


def read(model, x=X):
    return input_use(lambda v: [np.asarray(model(v))], x)


def test_the_first_state_reads_the_first_step_only():
    import keras

    steps = keras.Input((24, 3))
    states = keras.layers.SimpleRNN(4, return_sequences=True)(steps)
    first = keras.Model(steps, keras.layers.Dense(2)(states[:, 0]))
    last = keras.Model(steps, keras.layers.Dense(2)(states[:, -1]))
    (use,) = read(first)
    assert use.unread[-1][1] == 23
    assert len(use.unread) == use.blocks - 1
    (use,) = read(last)
    assert not use.unread
    assert use.order > 0.1


def test_pixels_in_a_bag_have_no_order():
    import keras

    layers, x = keras.layers, X[..., None]
    bag = keras.Sequential([keras.Input((24, 3, 1)), layers.Conv2D(8, 1, activation="relu"), layers.GlobalAveragePooling2D()])
    picture = keras.Sequential([keras.Input((24, 3, 1)), layers.Conv2D(8, 3, activation="relu"), layers.Flatten()])
    assert [u.order is None or u.order < 1e-4 for u in read(bag, x)] == [True, True]
    assert max(u.order or 0 for u in read(picture, x)) > 0.1


def test_what_cannot_tell_says_nothing():
    rng = np.random.default_rng(0)
    assert input_use(lambda v: [rng.normal(size=len(v))], X) == ()  # differs from run to run
    assert input_use(lambda v: [np.ones((len(v), 2))], X) == ()  # the same for all rows
    assert input_use(lambda v: [v.sum(axis=1)], X[:, 0]) == ()  # plain numbers have no places
    padded = X.copy()
    padded[:, 6:] = 0  # alike in all rows: nothing was taken away from them
    (use,) = input_use(lambda v: [v[:, :6].sum(axis=2) @ np.arange(6.0)], padded)
    assert not use.unread


def test_a_recurrent_layer_forgets_the_content_behind_its_padding(monkeypatch):
    import keras

    monkeypatch.setattr("traindx.probes.input_use.SECONDS", 60.0)  # a loaded machine is slow
    rng = np.random.default_rng(0)
    tokens = np.zeros((60, 120), "int32")
    for row in tokens:
        row[: rng.integers(3, 9)] = rng.integers(1, 40)
    for masked, least, most in ((False, 0.0, 0.01), (True, 0.99, 1.01)):
        keras.utils.set_random_seed(0)
        steps = [keras.layers.Embedding(40, 8, mask_zero=masked), keras.layers.GRU(8), keras.layers.Dense(1)]
        (use,) = read(keras.Sequential([keras.Input((120,), dtype="int32"), *steps]), tokens)
        assert 0.9 < use.padding < 1
        assert least <= use.behind <= most
    (use,) = read(keras.Sequential([keras.Input((24, 3)), keras.layers.GRU(8)]))
    assert use.behind is None
