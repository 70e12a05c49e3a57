"""Prediction, eager trial, retraces, pipelines and loss scale on live models."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.keras

import numpy as np
from tests.evaluation.watched import watched


def mlp(units=32, **options):
    import keras

    model = keras.Sequential(
        [keras.Input((16,)), keras.layers.Dense(units, activation="relu", name="wide"), keras.layers.Dense(1)]
    )
    model.compile("adam", "mse", **options)
    return model


def predicted(model, batch):
    from traindx.probes.memory.predict import step_memory

    return step_memory(model, np.zeros((1, 16), np.float32), np.zeros((1, 1), np.float32), batch=batch)


def test_prediction_makes_no_variable_and_counts_state():
    model = mlp(1024)
    made = predicted(model, 64)
    assert not model.optimizer.built
    assert made.weights == 4 * (16 * 1024 + 1024 + 1024 + 1)
    assert made.slots == 2 * made.weights
    assert made.step > 64 * 1024 * 4


def test_prediction_from_the_model_alone():
    import traindx

    made = traindx.step_memory(mlp(1024), batch_size=64)
    assert made.peak == predicted(mlp(1024), 64).peak


def test_prediction_grows_with_the_batch_and_names_the_layer():
    model = mlp(4096)
    few, many = predicted(model, 512), predicted(model, 4096)
    assert many.step / few.step == pytest.approx(8, rel=0.2)
    assert max((p for p in many.parts if p.layer), key=lambda p: p.step).layer == "wide"
    assert many.largest_batch is not None
    fits = predicted(model, many.largest_batch)
    assert fits.peak == pytest.approx(many.room, rel=0.05)


def test_loops_keep_every_turn():
    import keras

    from traindx.probes.memory.predict import step_memory

    def made(steps):
        model = keras.Sequential([keras.Input((steps, 8)), keras.layers.GRU(64), keras.layers.Dense(1)])
        model.compile("sgd", "mse")
        return step_memory(model, np.zeros((1, steps, 8), np.float32), np.zeros((1, 1), np.float32), batch=128).step

    assert made(200) / made(100) == pytest.approx(2, rel=0.35)


def test_memory_asked_for_in_a_step_is_explained():
    import keras
    import tensorflow as tf

    from traindx.probes.attach import attach_keras
    from traindx.probes.memory.failed import allocation
    from traindx.probes.recorder import Recorder

    recorder = Recorder(None)
    patches = attach_keras(keras, recorder)
    try:
        wave = keras.Input((300_000, 2), name="wave")
        h = keras.layers.MultiHeadAttention(4, 2, name="attends")(wave, wave)
        model = keras.Model(wave, keras.layers.Dense(1)(keras.layers.GlobalAveragePooling1D()(h)))
        model.compile("adam", "mse")
        with pytest.raises(tf.errors.ResourceExhaustedError) as raised:
            model.fit(np.zeros((2, 300_000, 2), np.float32), np.zeros((2, 1)), batch_size=2, verbose=0)
    finally:
        patches.restore()
    found = allocation(raised.value, recorder)
    assert found is not None
    assert found.what == "tensor"
    assert found.bytes >= 10**12
    assert found.step is not None
    assert found.step.largest_batch == 0
    assert found.step.parts[0].layer == "attends"
    assert recorder.notes == []


def rows(n=4000):
    rng = np.random.default_rng(0)
    x = rng.normal(size=(n, 16)).astype("float32")
    return x, x[:, :1]


def test_eager_fit_is_tried_and_everything_put_back():
    x, y = rows()
    model = mlp(run_eagerly=True)
    run = watched(lambda: model.fit(x, y, epochs=1, batch_size=8, verbose=0))
    compute = run.trainings[0].compute
    assert compute is not None
    trial = compute.eager
    assert trial is not None
    assert trial.compiled is not None
    assert trial.compiled < 0.5 * trial.eager
    assert trial.steps == 500
    assert trial.passes == 1.0
    assert int(model.optimizer.iterations) == 500
    assert compute.resident is not None
    assert compute.resident.samples


def test_compiled_fit_is_left_alone():
    x, y = rows(400)
    run = watched(lambda: mlp().fit(x, y, epochs=1, verbose=0))
    compute = run.trainings[0].compute
    assert compute is not None
    assert compute.eager is None
    assert compute.memory is None


def test_argument_behind_retraces():
    import tensorflow as tf

    from traindx.probes.speed.tracing import Traces

    @tf.function
    def step(batch, number, name="a"):
        return batch * float(number)

    traces = Traces()
    for i in range(7):
        batch = tf.ones((4, 2))
        step(batch, i)
        traces.called(step, (batch, i), {}, 0.5)
    found = traces.facts()[0]
    assert (found.traces, found.argument, found.why) == (7, "number", "python")
    assert found.seconds == pytest.approx(3.0)


def test_shapes_and_new_functions_behind_retraces():
    import tensorflow as tf

    from traindx.probes.speed.tracing import Traces

    traces = Traces()

    def plain(batch):
        return tf.reduce_sum(batch)

    once = tf.function(plain)
    for i in range(1, 6):
        once(tf.ones((i, 2)))
        traces.called(once, (tf.ones((i, 2)),), {}, 0.1)
    found = traces.facts()[0]
    assert (found.argument, found.why) == ("batch", "shape")
    again = Traces()
    for _ in range(5):
        anew = tf.function(plain)
        anew(tf.ones((2, 2)))
        again.called(anew, (tf.ones((2, 2)),), {}, 0.1)
    assert again.facts()[0].why == "new-function"
    assert again.facts()[0].traces == 5
    folds = Traces()
    for _ in range(4):
        anew = tf.function(plain)
        for i in range(30):
            batch = tf.ones((1 if i % 10 == 9 else 2, 2))
            anew(batch)
            folds.called(anew, (batch,), {}, 0.1)
    assert [f.traces for f in folds.facts()] == [2]


def traced_steps(program):
    """(name, graphs, why, argument) of the Keras steps of a program that were traced again."""
    run = watched(program)
    return [(f.name, f.traces, f.why, f.argument) for f in run.trainings[0].compute.functions]


def test_a_model_compiled_in_a_loop_is_traced_again_each_time():
    x, y = rows(70)

    def program():
        model = mlp()
        for _ in range(6):
            model.compile("adam", "mse")
            model.fit(x, y, batch_size=32, verbose=0)

    assert traced_steps(program) == [("the training step of fit", 6, "compile", "")]


def test_a_model_of_known_layers_made_in_a_loop_is_traced_each_time():
    import keras

    x, y = rows(70)

    def program():
        model = mlp()
        model.fit(x, y, batch_size=32, verbose=0)
        for _ in range(6):
            keras.Model(model.inputs, model.get_layer("wide").output).predict(x, verbose=0)

    assert traced_steps(program) == [("the prediction step of predict", 6, "new-model", "")]


def test_steps_that_every_model_needs_count_for_nothing():
    x, y = rows(70)

    def program():  # folds: new weights each time, a shorter last batch, a compile between two stages
        for _ in range(6):
            model = mlp()
            model.fit(x, y, batch_size=32, verbose=0, validation_data=(x[:40], y[:40]))
            model.predict(x, verbose=0)
            model.evaluate(x[:33], y[:33], verbose=0)

    assert traced_steps(program) == []


def test_each_new_shape_is_compiled_under_xla_and_named():
    import keras

    def program():
        model = keras.Sequential([keras.Input((None, 4)), keras.layers.GlobalAveragePooling1D(), keras.layers.Dense(1)])
        model.compile("adam", "mse", jit_compile=True)
        for length in range(5, 13):
            model.train_on_batch(np.ones((8, length, 4), np.float32), np.ones((8, 1), np.float32))

    assert traced_steps(program) == [("the training step of train_on_batch", 7, "shape", "x")]


def test_stages_are_timed_and_parallel_maps_gain():
    import tensorflow as tf

    from traindx.probes.speed.pipeline import pipeline

    def slow(x):
        m = tf.random.stateless_uniform((160, 160), (1, 2)) + x
        for _ in range(6):
            m = tf.linalg.matmul(m, m) / 1e4
        return tf.reduce_sum(tf.linalg.svd(m, compute_uv=False)) + x

    data = tf.data.Dataset.from_tensor_slices(np.zeros(4096, np.float32)).map(slow).batch(8)
    found = pipeline(data)
    assert found is not None
    assert [s.kind for s in found.stages] == ["TensorSlice", "Map", "Batch"]
    seconds = [s.seconds or 0.0 for s in found.stages]
    assert seconds[1] > 0.6 * sum(seconds)
    assert found.as_is is not None
    assert found.cached is not None
    assert found.cached < 0.5 * found.as_is
    assert found.parallel is not None


def test_python_stages_are_not_run_again():
    import tensorflow as tf

    from traindx.probes.speed.pipeline import pipeline

    calls = []

    def examples():
        calls.append(1)
        yield from range(10)

    data = tf.data.Dataset.from_generator(examples, output_signature=tf.TensorSpec((), tf.int32)).batch(2)
    found = pipeline(data)
    assert found is not None
    assert any(s.python for s in found.stages)
    assert found.as_is is None
    assert calls == []


def test_dropped_updates_are_counted():
    import keras

    from traindx.facts.compute import ScaleUse

    def program():
        x, y = rows(640)
        model = keras.Sequential(
            [keras.Input((16,)), keras.layers.Dense(8, dtype="mixed_float16"), keras.layers.Dense(1, dtype="mixed_float16")]
        )
        optimizer = keras.mixed_precision.LossScaleOptimizer(keras.optimizers.SGD(0.0))
        model.compile(optimizer, "mse")
        model.fit(x, np.full_like(y, np.inf), epochs=2, verbose=0)

    scale = watched(program).trainings[0].compute.scale
    assert scale is not None
    assert scale.steps == 40
    assert ScaleUse(scale).skipped > 0.9


def test_before_fit_only_large_models_of_keras_own_are_traced(monkeypatch):
    import keras

    from traindx.probes.memory import early

    class Own(keras.layers.Layer):
        def call(self, x):
            return x

    def seen(*layers):
        model = keras.Sequential([keras.Input((16,)), *layers, keras.layers.Dense(1)])
        model.compile("adam", "mse")
        x, y = rows(64)
        compute = watched(lambda: model.fit(x, y, verbose=0)).trainings[0].compute
        return compute.memory

    assert seen() is None
    monkeypatch.setattr(early, "host_free", lambda: 1000)
    found = seen()
    assert found is not None
    assert found.batch == 32
    assert seen(Own()) is None
