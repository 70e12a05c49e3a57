"""No built-in loss or metric with valid targets is blamed; every planted defect is."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from traindx.facts.causes import Cause

from .watched import causes, watched

pytestmark = pytest.mark.keras
SLOW = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)

BINARY = [("binary_crossentropy", "sigmoid"), ("binary_focal_crossentropy", "sigmoid"), ("hinge", "tanh"),
          ("squared_hinge", "tanh"), ("mse", "sigmoid"), ("logits", None)]  # fmt: skip
MANY = [("sparse_categorical_crossentropy", "softmax"), ("categorical_crossentropy", "softmax"), ("sparse_logits", None),
        ("categorical_focal_crossentropy", "softmax"), ("kl_divergence", "softmax"), ("categorical_hinge", None),
        ("smoothed", "softmax")]  # fmt: skip
NUMBERS = ["mse", "mae", "huber", "log_cosh", "mean_absolute_percentage_error", "mean_squared_logarithmic_error", "poisson"]


def rows(seed: int, n: int) -> tuple[np.ndarray, np.ndarray]:
    """Inputs (n, 4) and a hidden score (n,)."""
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(n, 4)).astype("float32")
    return x, x @ np.array([1.0, -2.0, 0.5, 0.3])


def train(x, y, units, activation, loss, metrics=(), epochs=6, **arguments):
    """Fit a small network eagerly."""
    import keras

    keras.utils.set_random_seed(1)
    model = keras.Sequential(
        [keras.Input(x.shape[1:]), keras.layers.Dense(8, activation="relu"), keras.layers.Dense(units, activation=activation)]
    )
    model.compile(keras.optimizers.Adam(0.01), loss=loss, metrics=list(metrics), run_eagerly=True)
    cut = len(x) * 3 // 4
    model.fit(x[:cut], y[:cut], validation_data=(x[cut:], y[cut:]), epochs=epochs, batch_size=32, verbose=0, **arguments)
    return model


@SLOW
@given(case=st.sampled_from(BINARY), n=st.sampled_from([160, 240]), seed=st.integers(0, 50), column=st.booleans())
def test_binary_losses_are_clear(case, n, seed, column):
    import keras

    name, activation = case
    x, score = rows(seed, n)
    y = (score > 0).astype("float32")
    signed = "hinge" in name
    y = 2 * y - 1 if signed else y
    loss = keras.losses.BinaryCrossentropy(from_logits=True) if name == "logits" else name
    metric = keras.metrics.BinaryAccuracy(threshold=0.0) if name == "logits" else "accuracy"
    run = watched(lambda: train(x, y[:, None] if column else y, 1, activation, loss, [] if signed else [metric]))
    assert causes(run) == []


@SLOW
@given(case=st.sampled_from(MANY), seed=st.integers(0, 50), classes=st.integers(3, 6))
def test_class_losses_are_clear(case, seed, classes):
    import keras

    name, activation = case
    x, score = rows(seed, 240)
    ids = np.digitize(score, np.quantile(score, np.linspace(0, 1, classes + 1)[1:-1]))
    sparse = name.startswith("sparse")
    y = ids if sparse else np.eye(classes, dtype="float32")[ids]
    made = {"sparse_logits": lambda: keras.losses.SparseCategoricalCrossentropy(from_logits=True),
            "smoothed": lambda: keras.losses.CategoricalCrossentropy(label_smoothing=0.1)}  # fmt: skip
    loss = made[name]() if name in made else name
    more = [keras.metrics.Precision(), keras.metrics.Recall(), "top_k_categorical_accuracy"]
    metrics = ["accuracy"] if sparse else ["accuracy", *more]
    assert causes(watched(lambda: train(x, y, classes, activation, loss, metrics))) == []


@SLOW
@given(loss=st.sampled_from(NUMBERS), seed=st.integers(0, 50), width=st.sampled_from([1, 3]), column=st.booleans())
def test_number_losses_are_clear(loss, seed, width, column):
    x, score = rows(seed, 200)
    y = np.stack([score + 6 + i for i in range(width)], axis=1).astype("float32")
    y = np.maximum(y, 0.1)
    y = y if width > 1 or column else y[:, 0]
    activation = "softplus" if loss in ("poisson", "mean_squared_logarithmic_error") else None
    assert causes(watched(lambda: train(x, y, width, activation, loss, ["mae", "mse", "cosine_similarity"]))) == []


def test_a_likelihood_on_a_log_scale_is_clear():
    """exp(p) - y p is 1e17 where counts of 40 stand in for predictions: rounding must not pass for deafness."""
    from keras import ops

    x, score = rows(5, 400)
    y = np.random.default_rng(5).poisson(np.exp(2 + 0.6 * score)).astype("float32")[:, None]
    assert y.max() > 35
    assert causes(watched(lambda: train(x, y, 1, None, lambda t, p: ops.mean(ops.exp(p) - t * p, axis=-1), epochs=20))) == []


def planted():
    """(name, loss, cause) of defects on targets (n,) or (n, 3)."""
    import keras
    from keras import ops

    class Stretched(keras.losses.Loss):
        def call(self, y_true, y_pred):
            return ops.square(y_true - y_pred)

    return {
        "empty slice": (lambda t, p: ops.sum(ops.square(t - p)[:, 5:], -1), 3, Cause.CONSTANT_LOSS),
        "predictions twice": (lambda t, p: ops.mean(ops.square(p - p), -1), 3, Cause.CONSTANT_LOSS),
        "multiplied by zero": (lambda t, p: 0.0 * ops.mean(ops.square(t - p), -1), 3, Cause.CONSTANT_LOSS),
        "targets forgotten": (lambda t, p: ops.mean(ops.square(p), -1), 3, Cause.CONSTANT_LOSS),
        "first row only": (lambda t, p: ops.square(t - p)[0], 3, Cause.LOSS_MISMATCH),
        "first column only": (lambda t, p: ops.square(t - p)[:, 0], 3, Cause.LOSS_MISMATCH),
        "sign turned": (lambda t, p: -ops.mean(ops.square(t - p), -1), 3, Cause.LOSS_MISMATCH),
        "stretched": (Stretched(), 1, Cause.LOSS_SHAPE_BROADCAST),
    }


@pytest.mark.parametrize(
    "name", ["empty slice", "predictions twice", "multiplied by zero", "targets forgotten", "first row only",
             "first column only", "sign turned", "stretched"]
)  # fmt: skip
def test_planted_losses_are_found(name):
    loss, width, cause = planted()[name]
    x, score = rows(3, 240)
    y = np.stack([score, -score, 0.5 * score], axis=1).astype("float32") if width > 1 else score.astype("float32")

    def program():
        return train(x, y, width, None, loss, epochs=10)

    found = causes(watched(program))
    assert found[:1] == [cause]


def test_double_softmax_and_hinge_on_softmax_are_found():
    import tensorflow as tf

    x, score = rows(4, 400)
    ids = np.digitize(score, [-1.5, 0.0, 1.5])
    one_hot = np.eye(4, dtype="float32")[ids]

    def twice(t, p):
        return tf.nn.softmax_cross_entropy_with_logits(t, p)

    for loss in (twice, "hinge"):
        found = causes(watched(lambda loss=loss: train(x, one_hot, 4, "softmax", loss)))
        assert found[:1] == [Cause.LOSS_MISMATCH], loss


def test_zero_weights_are_found():
    x, score = rows(5, 240)
    y = (score > 0).astype("float32")
    run = watched(lambda: train(x, y, 1, "sigmoid", "binary_crossentropy", sample_weight=np.zeros(180)))
    assert causes(run)[:1] == [Cause.CONSTANT_LOSS]


def test_nothing_of_the_model_moves():
    import keras

    x, score = rows(6, 240)
    y = (score > 0).astype("float32")
    kept = {}

    def program():
        model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(8), keras.layers.BatchNormalization(),
                                  keras.layers.Dropout(0.5), keras.layers.Dense(1, activation="sigmoid")])  # fmt: skip
        model.compile("adam", "binary_crossentropy", metrics=["accuracy", keras.metrics.AUC()], run_eagerly=True)
        model.fit(x, y, epochs=1, verbose=0)
        kept["model"] = model
        kept["before"] = [v.value.numpy().copy() for v in (*model.variables, *model.metrics_variables, *model.optimizer.variables)]

    watched(program)
    model = kept["model"]
    after = [v.value.numpy().copy() for v in (*model.variables, *model.metrics_variables, *model.optimizer.variables)]
    for a, b in zip(kept["before"], after, strict=True):
        np.testing.assert_array_equal(a, b)
