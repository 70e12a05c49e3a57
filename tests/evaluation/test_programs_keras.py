"""Planted faults of metrics, modes, scores, weights and gradients are found in watched programs; their repairs are not."""

from __future__ import annotations

import numpy as np
import pytest

from traindx.facts.causes import Cause

from .test_losses_keras import rows, train
from .watched import causes, watched

pytestmark = pytest.mark.keras


def metric_class(fault: str):
    """A metric of the program's own, right or with one fault."""
    import keras
    from keras import ops

    class Hits(keras.metrics.Metric):
        def __init__(self):
            super().__init__(name="hits")
            self.hit = self.add_weight(name="hit", initializer="zeros")
            self.seen = self.add_weight(name="seen", initializer="zeros")

        def update_state(self, y_true, y_pred, sample_weight=None):
            same = ops.cast(ops.equal(ops.reshape(y_true, (-1,)) > 0.5, ops.reshape(y_pred, (-1,)) > 0.5), "float32")
            if fault == "overwrites":
                self.hit.assign(ops.sum(same))
                self.seen.assign(ops.cast(ops.size(same), "float32"))
            else:
                self.hit.assign_add(ops.sum(same))
                self.seen.assign_add(ops.cast(ops.size(same), "float32"))

        def result(self):
            return self.hit / self.seen

        def reset_state(self):
            self.seen.assign(0.0)
            if fault != "half reset":
                self.hit.assign(0.0)

    return Hits()


def functions():
    """(metric, targets, accepted causes): targets are binary, sparse, signed or numbers."""
    import keras
    from keras import ops

    def one_column(t, p):
        return ops.cast(ops.equal(ops.argmax(t, -1), ops.argmax(p, -1)), "float32")

    def exact(t, p):
        return ops.cast(ops.equal(t, p), "float32")

    def share(t, p):
        return ops.cast(ops.equal(ops.reshape(t, (-1, 1)) > 0.5, p > 0.5), "float32")

    both = {Cause.BROKEN_METRIC, Cause.METRIC_MISMATCH}
    return {
        "argmax of one column": (one_column, "binary", both),
        "equality of probabilities": (exact, "binary", both),
        "overwrites": (metric_class("overwrites"), "binary", both),
        "half reset": (metric_class("half reset"), "binary", both),
        "one-hot metric on class numbers": (keras.metrics.CategoricalAccuracy(), "sparse", both),
        "equality": (keras.metrics.Accuracy(), "binary", both),
        "labels -1 and 1": ("accuracy", "signed", both),
        "accuracy of numbers": ("accuracy", "numbers", both),
        "right class": (metric_class(""), "binary", set()),
        "right function": (share, "binary", set()),
    }


@pytest.mark.parametrize(
    "name", ["argmax of one column", "equality of probabilities", "overwrites", "half reset", "equality", "labels -1 and 1",
             "one-hot metric on class numbers", "accuracy of numbers", "right class", "right function"]
)  # fmt: skip
def test_metrics(name):
    metric, kind, accepted = functions()[name]
    x, score = rows(8, 400)
    y, units, activation, loss = {
        "binary": ((score > 0).astype("float32")[:, None], 1, "sigmoid", "binary_crossentropy"),
        "sparse": (np.digitize(score, [-1.0, 1.0])[:, None], 3, "softmax", "sparse_categorical_crossentropy"),
        "signed": (np.sign(score).astype("float32"), 1, "tanh", "hinge"),
        "numbers": (score.astype("float32"), 1, None, "mse"),
    }[kind]
    found = causes(watched(lambda: train(x, y, units, activation, loss, [metric], epochs=12)))
    assert (found[:1] == [] and not accepted) or (found and found[0] in accepted)


def norm_model(momentum: float, always: bool):
    """A network with batch normalisation, and with dropout that may never be off."""
    import keras

    class Net(keras.Model):
        def __init__(self):
            super().__init__()
            self.one, self.two = keras.layers.Dense(16), keras.layers.Dense(1, activation="sigmoid")
            self.norm, self.drop = keras.layers.BatchNormalization(momentum=momentum), keras.layers.Dropout(0.5)

        def call(self, x, training=False):
            h = keras.ops.tanh(self.norm(self.one(x) * 5.0 + 8.0, training=training))
            return self.two(self.drop(h, training=True if always else training))

    keras.utils.set_random_seed(2)
    model = Net()
    model.compile(keras.optimizers.Adam(0.02), "binary_crossentropy", metrics=["accuracy"])
    return model


@pytest.mark.parametrize(("momentum", "always", "broken"), [(0.9999, False, True), (0.9, True, True), (0.9, False, False)])
def test_modes(momentum, always, broken):
    x, score = rows(9, 600)
    y = (score > 0).astype("float32")

    def program():
        model = norm_model(momentum, always)
        model.fit(x, y, epochs=12, batch_size=32, verbose=0)
        model.predict(x, verbose=0)

    found = causes(watched(program))
    assert found[:1] == ([Cause.TRAIN_INFERENCE_GAP] if broken else [])


@pytest.mark.parametrize("shuffled", [True, False])
def test_scores_of_shuffled_predictions(shuffled):
    import sklearn.metrics
    import tensorflow as tf

    from traindx.probes.attach import attach_sklearn

    x, score = rows(10, 600)
    y = (score > 0).astype("int64")

    def program():
        model = train(x, y, 1, "sigmoid", "binary_crossentropy")
        source = tf.data.Dataset.from_tensor_slices((x, y))
        source = (source.shuffle(600) if shuffled else source).batch(50)
        predicted = model.predict(source, verbose=0)
        sklearn.metrics.f1_score(np.concatenate([b for _, b in source]), (predicted > 0.5).astype(int))

    class Together:
        def __call__(self):
            from traindx.probes import recorder as module

            made = []
            begin = module.Recorder.__init__

            def init(self, *args, **kwargs):
                begin(self, *args, **kwargs)
                made.append(attach_sklearn(sklearn.metrics, self))

            module.Recorder.__init__ = init
            try:
                return watched(program)
            finally:
                module.Recorder.__init__ = begin
                for patches in made:
                    patches.restore()

    run = Together()()
    assert len(run.scores) == 1
    assert causes(run)[:1] == ([Cause.MISALIGNED_PREDICTIONS] if shuffled else [])


@pytest.mark.parametrize("copied", [True, False])
def test_a_fresh_model_is_evaluated(copied):
    import keras

    x, score = rows(11, 600)
    y = (score > 0).astype("float32")
    alive = []

    def program():
        model = train(x, y, 1, "sigmoid", "binary_crossentropy", ["accuracy"], epochs=10)
        other = keras.models.clone_model(model)
        if copied:
            other.set_weights(model.get_weights())
        other.compile("adam", "binary_crossentropy", metrics=["accuracy"])
        other.evaluate(x[:100], y[:100], verbose=0)
        alive.append(other)

    found = causes(watched(program))
    assert found[:1] == ([] if copied else [Cause.WRONG_WEIGHTS_EVALUATED])


def step_model(fault: str):
    """A model with a `train_step` of its own."""
    import keras
    import tensorflow as tf

    class Own(keras.Model):
        def __init__(self):
            super().__init__()
            self.one, self.two = keras.layers.Dense(8, activation="relu"), keras.layers.Dense(1)
            self.track = keras.metrics.Mean(name="loss")

        def call(self, x, training=False):
            h = self.one(x)
            return self.two(tf.round(h) if fault == "round" else h)

        def train_step(self, data):
            x, y = data
            with tf.GradientTape() as tape:
                p = self(x, training=True)
                loss = tf.reduce_mean(tf.square(y - (p if fault == "stretched" else p[:, 0])))
            variables = self.trainable_variables
            self.optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables, strict=True))
            if fault != "untracked":
                self.track.update_state(loss)
            return {"loss": loss if fault == "untracked" else self.track.result()}

        @property
        def metrics(self):
            return super().metrics if fault == "untracked" else [self.track]

    return Own()


@pytest.mark.parametrize(
    ("fault", "cause"),
    [("stretched", Cause.LOSS_SHAPE_BROADCAST), ("round", Cause.DISCONNECTED_LAYERS), ("untracked", Cause.BROKEN_METRIC),
     ("", None)],
)
def test_own_steps(fault, cause):
    x, score = rows(12, 300)

    def program():
        model = step_model(fault)
        model.compile("adam")
        model.fit(x, score.astype("float32"), epochs=8, verbose=0)

    assert causes(watched(program))[:1] == ([cause] if cause else [])
