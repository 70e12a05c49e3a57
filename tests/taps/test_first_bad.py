"""The first step with a value that is not finite: the step, the place and the rows, exactly."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

pytestmark = pytest.mark.keras
keras = pytest.importorskip("keras")
tf = pytest.importorskip("tensorflow")

from keras import layers

from traindx.probes.attach import attach_keras
from traindx.probes.observe import rows_of
from traindx.probes.recorder import Recorder

STEPS, BATCH = 120, 32


class DivideByLength(layers.Layer):
    """0 / 0 for a row of zeros."""

    def call(self, x: Any) -> Any:
        """Forward."""
        return x / tf.sqrt(tf.reduce_sum(tf.square(x), -1, keepdims=True))


class RootOfRelu(layers.Layer):
    """Finite forward, infinite slope at 0."""

    def call(self, x: Any) -> Any:
        """Forward."""
        return tf.sqrt(tf.nn.relu(x))


def log_loss(y: Any, p: Any) -> Any:
    """Cross-entropy without a floor: log(0)."""
    return -tf.reduce_mean(y * tf.math.log(p) + (1 - y) * tf.math.log(1 - p))


def net(middle: Any = None, out: str | None = "sigmoid", first: str = "relu", bias: bool = True) -> Any:
    """Two hidden layers."""
    found = [layers.Input((10,)), layers.Dense(16, activation=first, name="first", use_bias=bias)]
    found += [middle] if middle is not None else []
    return keras.Sequential([*found, layers.Dense(8, activation="relu", name="second"), layers.Dense(1, activation=out, name="head")])


def rows() -> tuple[np.ndarray, np.ndarray]:
    """Ten features, two classes."""
    x = np.random.default_rng(0).normal(size=(STEPS * BATCH, 10)).astype("float32")
    return x, (x[:, :1] > 0).astype("float32")


def spoiled(row: int, value: float) -> np.ndarray:
    """One cell of one row replaced; 0 clears the row."""
    x = rows()[0].copy()
    if value == 0:
        x[row] = 0
    else:
        x[row, 3] = value
    return x


BCE = "binary_crossentropy"
CASES: dict[str, Any] = {
    # name: (model, x, compile, expected step or None, phase, rows, name)
    "input": (net, spoiled(BATCH * 77 + 5, np.nan), {"loss": BCE}, 77, "data", (5,), "input 0"),
    "input-jit": (net, spoiled(BATCH * 77 + 5, np.nan), {"loss": BCE, "jit_compile": True}, 77, "data", (5,), "input 0"),
    "input-first-step": (net, spoiled(7, np.inf), {"loss": BCE}, 0, "data", (7,), "input 0"),
    "layer": (lambda: net(DivideByLength(name="norm"), first="linear", bias=False), spoiled(BATCH * 61 + 9, 0),
              {"loss": BCE}, 61, "forward", (9,), "norm"),
    "loss": (net, rows()[0], {"loss": log_loss, "optimizer": lambda: keras.optimizers.SGD(20.0)}, None, "loss", None, "head"),
    "backward": (lambda: net(RootOfRelu(name="root"), first="linear", bias=False), spoiled(BATCH * 45 + 3, 0),
                 {"loss": BCE}, None, "backward", None, "sequential/first/kernel"),
    "diverging": (lambda: net(out=None), rows()[0], {"loss": "mse", "optimizer": lambda: keras.optimizers.SGD(5.0)},
                  None, None, None, None),
    "eager": (net, spoiled(BATCH * 20 + 4, np.nan), {"loss": BCE, "run_eagerly": True}, 20, "data", (4,), "input 0"),
}  # fmt: skip


def train(name: str) -> tuple[Any, Any, list[float]]:
    """(model, recorder, losses per step measured by a callback of the program)."""
    build, x, given, *_ = CASES[name]
    keras.utils.set_random_seed(1)
    recorder = Recorder()
    patches = attach_keras(keras, recorder)
    weights_bad: list[float] = []

    class Watch(keras.callbacks.Callback):
        def on_train_batch_end(self, batch: int, logs: Any = None) -> None:
            total = sum(float(np.sum(w)) for w in self.model.get_weights())
            weights_bad.append(float(not np.isfinite(total) or not np.isfinite(logs["loss"])))

    try:
        model = build()
        optimizer = given.get("optimizer", lambda: "adam")()
        model.compile(**{**given, "optimizer": optimizer})
        model.fit(x, rows()[1], batch_size=BATCH, shuffle=False, verbose=0, callbacks=[Watch()])
    finally:
        patches.restore()
    return model, recorder, weights_bad


@pytest.mark.parametrize("name", list(CASES))
def test_the_first_bad_step_is_found_exactly(name: str) -> None:
    """Step, phase, name and rows."""
    *_, step, phase, wanted, place = CASES[name]
    model, recorder, bad = train(name)
    before = [w.copy() for w in model.get_weights()]
    log = next(iter(recorder.logs.values()))
    found = log.taps.finish(lambda: rows_of(log)).first_bad
    assert not recorder.notes
    assert found is not None
    assert found.exact, found
    truth = bad.index(1.0)  # the step after which the program itself first sees it
    assert found.step == (truth if step is None else step) or (phase is None and found.step in (truth, truth + 1)), found
    if phase is not None:
        assert found.phase == phase, found
    if place is not None:
        assert found.name.endswith(place.split("/", 1)[-1]), found
    if wanted is not None:
        assert found.rows == wanted, found
    for a, b in zip(before, model.get_weights(), strict=True):
        np.testing.assert_array_equal(a, b)


def test_nan_behind_a_relu_is_seen_although_the_loss_stays_finite() -> None:
    """relu(NaN) is 0: the loss of the bad step is finite, its weights are not."""
    _, recorder, _ = train("input")
    log = next(iter(recorder.logs.values()))
    found = log.taps.finish(lambda: rows_of(log)).first_bad
    assert found.silent
    assert found.step == 77


def test_a_healthy_run_has_no_bad_step() -> None:
    """Nothing is found where nothing is."""
    CASES["healthy"] = (net, rows()[0], {"loss": BCE}, None, None, None, None)
    _, recorder, _ = train("healthy")
    log = next(iter(recorder.logs.values()))
    assert log.taps.finish(lambda: rows_of(log)).first_bad is None
