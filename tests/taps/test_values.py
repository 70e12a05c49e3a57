"""Statistics equal those recomputed eagerly from the weights and the batch of the step."""

from __future__ import annotations

import time
from typing import Any

import numpy as np
import pytest

pytestmark = pytest.mark.keras
keras = pytest.importorskip("keras")
tf = pytest.importorskip("tensorflow")

from keras import layers

from traindx.probes.attach import attach_keras
from traindx.probes.recorder import Recorder
from traindx.probes.taps import statistics
from traindx.probes.taps.twin import Twin


def build(dtype: str | None = None) -> Any:
    """relu, tanh, softmax."""
    return keras.Sequential([
        layers.Input((12,)), layers.Dense(32, activation="relu", dtype=dtype),
        layers.Dense(16, activation="tanh", dtype=dtype), layers.Dense(4, activation="softmax", dtype="float32"),
    ])  # fmt: skip


CASES = {
    "sgd": ({"optimizer": lambda: keras.optimizers.SGD(0.1)}, None, 1e-4),
    "clipped": ({"optimizer": lambda: keras.optimizers.Adam(0.01, clipnorm=0.01)}, None, 1e-4),
    "jit": ({"optimizer": lambda: keras.optimizers.Adam(0.01), "jit_compile": True}, None, 1e-3),
    "eager": ({"optimizer": lambda: keras.optimizers.Adam(0.01), "run_eagerly": True}, None, 1e-4),
    "loss-scale": ({"optimizer": lambda: keras.optimizers.SGD(0.1)}, "mixed_float16", 3e-2),
}


class Weights(keras.callbacks.Callback):
    """Keeps the trainable weights before every step and at the end."""

    def __init__(self) -> None:
        super().__init__()
        self.kept: list[list[np.ndarray]] = []

    def on_train_batch_begin(self, batch: int, logs: Any = None) -> None:
        """Before a step."""
        self.kept.append([v.numpy() for v in self.model.trainable_weights])

    def on_train_end(self, logs: Any = None) -> None:
        """After the last."""
        self.on_train_batch_begin(0)


def expected(model: Any, weights: list[np.ndarray], x: np.ndarray, y: np.ndarray) -> dict[str, Any]:
    """Everything again, eagerly."""
    for variable, value in zip(model.trainable_weights, weights, strict=True):
        variable.assign(value)
    outputs = []
    with tf.GradientTape() as tape:
        h = tf.constant(x)
        for layer in model.layers:
            h = layer(h, training=True)
            outputs.append(np.asarray(h, np.float64))
        loss = tf.reduce_mean(keras.losses.sparse_categorical_crossentropy(y, h))
        scaled = loss * 1024.0  # half precision needs a scale here too
    grads = [np.asarray(g, np.float64) / 1024 for g in tape.gradient(scaled, [v.value for v in model.trainable_weights])]
    return {
        "loss": float(loss), "mean": [o.mean() for o in outputs], "spread": [o.std() for o in outputs],
        "row_spread": [o.std(axis=0).mean() for o in outputs], "zero_share": [(o == 0).mean() for o in outputs],
        "dead_share": [(o == 0).all(axis=0).mean() for o in outputs],
        "gradient_norm": [np.linalg.norm(g) for g in grads],
        "weight_norm": [np.linalg.norm(w.astype(np.float64)) for w in weights],
    }  # fmt: skip


@pytest.mark.parametrize("large", [False, True], ids=["by-numpy", "by-tensorflow"])
@pytest.mark.parametrize("name", list(CASES))
def test_statistics_are_exact(name: str, large: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every statistic of the first three steps, whether tensors count as small or as large."""
    given, dtype, close = CASES[name]
    if large:
        monkeypatch.setattr(statistics, "LARGE", 0)
    recorder = Recorder()
    patches = attach_keras(keras, recorder)
    keras.utils.set_random_seed(5)
    r = np.random.default_rng(2)
    x, y = r.normal(size=(48, 12)).astype("float32"), r.integers(0, 4, 48)
    try:
        model = build(dtype)
        optimizer = given["optimizer"]()
        if dtype:
            optimizer = keras.optimizers.LossScaleOptimizer(optimizer, initial_scale=1024.0)
        model.compile(**{**given, "optimizer": optimizer}, loss="sparse_categorical_crossentropy")
        weights = Weights()
        model.fit(x, y, batch_size=16, shuffle=False, verbose=0, callbacks=[weights])
    finally:
        patches.restore()
    found = next(iter(recorder.logs.values())).taps.finish(lambda: None)
    assert found.steps.tolist() == [0, 1, 2]
    for i in range(3):
        want = expected(model, weights.kept[i], x[i * 16 : i * 16 + 16], y[i * 16 : i * 16 + 16])
        np.testing.assert_allclose(found.step["loss"][i], want.pop("loss"), rtol=close)
        if name == "eager":
            want.pop("weight_norm")  # an eager step is looked at once it is done
        for key, value in want.items():
            table = found.layer if key in found.layer else found.variable
            np.testing.assert_allclose(table[key][i], value, rtol=close, atol=close / 10, err_msg=key)
        moved = [np.linalg.norm((b - a).astype(np.float64)) for a, b in zip(weights.kept[i], weights.kept[i + 1], strict=True)]
        np.testing.assert_allclose(found.variable["update_norm"][i], moved, rtol=1e-4)


def test_rows_that_are_cut_off_count_where_they_are_not_finite() -> None:
    """Spreads are taken over the first sixteen of sixty-four wide rows, values that are not finite counted in all."""
    model = keras.Sequential([layers.Input((3,)), layers.Dense(4096, kernel_initializer="ones"), layers.Dense(1)])
    model.compile("sgd", "mse")
    x = np.ones((64, 3), "float32")
    x[1], x[40], x[50] = 2, 9, np.nan
    twin = Twin(model, model.train_step)
    vector, _ = twin.measure((x, np.zeros((64, 1), "float32")))
    _, inputs, (first, _), _ = twin.layout.unpack(vector)
    assert inputs.tolist() == [3, 0]
    np.testing.assert_allclose(first, [51 / 16, 0.75 * 15**0.5 / 4, 0.75 * 15**0.5 / 4, 0, 0, 0, 6, 4096], rtol=1e-5)


def test_batches_of_many_lengths_are_measured_by_few_traces() -> None:
    """Shapes that an earlier trace holds for do not count against the number of traces."""
    model = build()
    model.compile("adam", "sparse_categorical_crossentropy")
    twin = Twin(model, model.train_step)
    for rows in range(4, 12):
        vector, _ = twin.measure((np.ones((rows, 12), "float32"), np.zeros(rows, "int32")))
        assert np.isfinite(vector).all()
    assert len(twin.traced) == 2


def test_the_twin_is_smaller_than_the_step_it_measures() -> None:
    """Tracing it costs the less, the fewer operations it adds: statistics inside of it had been two thirds of them."""
    model = build()
    model.compile("adam", "sparse_categorical_crossentropy")
    batch = (tf.zeros((16, 12)), tf.zeros(16, tf.int32))
    model.train_on_batch(*batch)
    own = tf.function(model.train_step).get_concrete_function(batch)
    twin = Twin(model, model.train_step)
    twin.measure(batch)
    traced = twin._function.get_concrete_function(batch)
    assert len(traced.graph.get_operations()) < len(own.graph.get_operations())


def test_the_first_step_is_timed_with_its_tracing() -> None:
    """What the twin may cost is held against what the program's own step cost."""

    class Slow(keras.layers.Layer):
        """Takes its time while it is traced."""

        def call(self, x: Any) -> Any:
            """Forward."""
            time.sleep(0.2 if isinstance(x, tf.Tensor) and not hasattr(x, "numpy") else 0.0)
            return x

    recorder = Recorder()
    patches = attach_keras(keras, recorder)
    try:
        model = keras.Sequential([layers.Input((12,)), Slow(), layers.Dense(4, activation="softmax")])
        model.compile("sgd", "sparse_categorical_crossentropy")
        model.fit(np.zeros((32, 12), "float32"), np.zeros(32, "int32"), batch_size=16, verbose=0)
    finally:
        patches.restore()
    assert next(iter(recorder.logs.values())).taps.schedule.first_step > 0.2


def test_repeated_rows_of_an_embedding_add_up() -> None:
    """The norm of a sparse gradient is that of the dense one."""
    slices = tf.IndexedSlices(tf.constant([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]), tf.constant([1, 1, 0]))
    np.testing.assert_array_equal(statistics.dense(slices, (3, 2)), [[5, 6], [4, 6], [0, 0]])


def test_history_is_thinned_and_never_cut_off() -> None:
    """The first three, the last, and an even spread between them stay."""
    from traindx.probes.taps.history import MAX_SAMPLES, History, Sample

    history = History()
    for step in range(3000):
        history.add(Sample(step, np.zeros(1), np.zeros(0), np.zeros(0), 0.1))
    steps = [s.step for s in history.samples]
    assert steps[:3] == [0, 1, 2]
    assert steps[-1] == 2999
    assert 100 <= len(steps) <= MAX_SAMPLES
    assert max(np.diff(steps)) <= 64


def test_schedule_keeps_to_its_budget() -> None:
    """Looking at a step that costs half a second takes at most a hundredth of the time."""
    from traindx.probes.taps.schedule import ALLOWANCE, BUDGET, Schedule

    clock = [0.0]
    schedule = Schedule(now=lambda: clock[0])
    schedule.start()
    for step in range(20_000):
        clock[0] += 0.01
        if schedule.wants(step):
            clock[0] += 0.5
            schedule.took(step, 0.5)
    assert schedule.taken >= 4
    assert schedule.spent <= 3 * 0.5 + ALLOWANCE + BUDGET * schedule.elapsed
