"""tf.Variable attributes of own layers are told from weights, counters and frozen tables."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = pytest.mark.keras


def test_variables_that_keras_does_not_track() -> None:
    import keras
    import tensorflow as tf

    from traindx.probes.untracked import untracked

    class Own(keras.layers.Layer):
        def __init__(self) -> None:
            super().__init__(name="own")
            self.matrix = tf.Variable(tf.ones((3, 4)))
            self.parts = [tf.Variable(tf.ones((2,)))]
            self.steps = tf.Variable(0.0)
            self.table = tf.Variable(tf.ones((5, 2)), trainable=False)
            self.count = tf.Variable([1, 2])
            self.good = self.add_weight(shape=(3, 4), name="good")

        def call(self, x: Any) -> Any:
            return x @ (self.matrix + self.good)

    model = keras.Sequential([keras.Input((3,)), Own(), keras.layers.BatchNormalization(), keras.layers.Dropout(0.1)])
    assert untracked(model) == ("own/matrix (3, 4)", "own/parts[0] (2,)")
