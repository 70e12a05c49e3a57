"""Whatever of ours fails while a program trains: its weights and its output are what they are without traindx.

Everything that watches goes through `Recorder.guard`; the hooks are those that a watched run calls, each made to raise.
"""

from __future__ import annotations

import contextlib
import io
import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")

import numpy as np
import pytest

from traindx.facts.settings import Settings
from traindx.probes.recorder import Recorder
from traindx.reporters.json import to_json
from traindx.session import watch

pytestmark = pytest.mark.keras

X = np.random.default_rng(0).normal(size=(24, 5)).astype("float32")
Y = (X[:, :1] > 0).astype("float32")


def network(**compiled):
    import keras

    keras.utils.set_random_seed(1)
    layers = [keras.Input((5,)), keras.layers.Dense(3, "relu"), keras.layers.Dense(1, "sigmoid")]
    model = keras.Sequential(layers)
    if compiled:
        model.compile("adam", "binary_crossentropy", metrics=["accuracy"], **compiled)
    return model


def by_fit():
    from sklearn.metrics import accuracy_score

    model = network(jit_compile=False)
    model.fit(X, Y, epochs=2, batch_size=8, verbose=0, validation_data=(X[:8], Y[:8]))
    print("accuracy", accuracy_score(Y, model.predict(X, verbose=0) > 0.5), model.evaluate(X, Y, verbose=0))
    return model


def by_dataset():
    import tensorflow as tf

    model = network(run_eagerly=True)
    rows = tf.data.Dataset.from_tensor_slices((X, Y)).batch(8)
    model.fit(rows, epochs=1, verbose=0, validation_data=rows)
    print("loss", model.train_on_batch(X[:8], Y[:8]))
    model.set_weights(model.get_weights())
    return model


def several_at_once():
    model = network(steps_per_execution=2)
    model.fit(X, Y, epochs=1, batch_size=6, verbose=0)
    return model


def by_hand(compiled=False):
    import keras
    import tensorflow as tf

    model, optimizer = network(), keras.optimizers.SGD(0.1)
    loss, metric = keras.losses.BinaryCrossentropy(), keras.metrics.BinaryAccuracy()

    def step(rows, labels):
        with tf.GradientTape() as tape:
            value = loss(labels, model(rows, training=True))
        found = tape.gradient(value, model.trainable_variables)
        optimizer.apply_gradients(zip(found, model.trainable_variables, strict=True))
        return value

    chosen = tf.function(step) if compiled else step
    for _ in range(2):
        for rows, labels in tf.data.Dataset.from_tensor_slices((X, Y)).batch(8):
            print("step", float(chosen(rows, labels)))
            metric.update_state(labels, model(rows))
    print("accuracy", float(metric.result()))
    return model


def compiled_by_hand():
    return by_hand(compiled=True)


PARTS = (by_fit, by_dataset, several_at_once, by_hand, compiled_by_hand)


def trained(part):
    """(weights, output) of one part of the program."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        weights = part().get_weights()
    return weights, out.getvalue()


@contextlib.contextmanager
def watched(folder, fault=lambda name: False):
    """A watch under which each hook fails whose name `fault` says; yields it and the names of the hooks called."""
    called: set[str] = set()
    real = Recorder.guard

    def guard(self, what, *args, **kwargs):
        name = getattr(what, "__qualname__", type(what).__qualname__)
        called.add(name)
        return real(self, fails if fault(name) else what, *args, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Recorder, "guard", guard)
        made = watch("prog.py", folder)
        try:
            yield made, called
        finally:
            for undo in reversed(made.undo):
                undo()
            made.journal.close()


def fails(*args, **kwargs):
    raise RuntimeError("a fault of ours")


@pytest.fixture(scope="module")
def plain():
    import keras  # noqa: F401 - before the watch, as in a program that has imported it

    return {part: trained(part) for part in PARTS}


def assert_same(found, plain):
    assert found[1] == plain[1]
    assert len(found[0]) == len(plain[0])
    assert all(np.array_equal(a, b) for a, b in zip(found[0], plain[0], strict=True))


def test_each_hook_alone(plain, tmp_path):
    tried = 0
    for part in PARTS:
        with watched(tmp_path / part.__name__) as (_, called):
            assert_same(trained(part), plain[part])
        for hook in sorted(called):
            with watched(tmp_path / f"{part.__name__}.{tried}", lambda name, hook=hook: name == hook) as (made, _):
                assert_same(trained(part), plain[part])
            assert any("a fault of ours" in note for note in made.recorder.notes) or "Watchdog" in hook, hook
            tried += 1
    assert tried > 60


def test_all_hooks_at_once(plain, tmp_path):
    with watched(tmp_path / "run", lambda name: True) as (made, _):
        for part in PARTS:
            assert_same(trained(part), plain[part])
        found = made.finish(Settings(budget=0.0), exit=0, error=None, seconds=1.0)
    assert not found.findings
    assert to_json(found)["exit"] == 0
    assert any("a fault of ours" in note for note in found.notes)


def test_whatever_fails_after_the_program(plain, tmp_path):
    with watched(tmp_path / "run", lambda name: name.startswith("_")) as (made, _):
        assert_same(trained(by_fit), plain[by_fit])
        found = made.finish(Settings(budget=0.0), exit=0, error=None, seconds=1.0)
    assert len(found.not_measured) > 50
    assert to_json(found)["exit"] == 0
