"""Real programs: the trial confirms, the diff is applied, and the program then prints a good score."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from traindx.entry.fix import fix
from traindx.trials.again.confine import version

from .test_child import QUIET, run

pytestmark = pytest.mark.keras

DATA = """
import numpy as np, tensorflow as tf
from tensorflow import keras
keras.utils.set_random_seed(3)
rng = np.random.default_rng(0)
x = rng.normal(size=(900, 8)).astype("float32")
score = x[:, 0] + x[:, 1] * x[:, 2]
y = (score > 0).astype("int64")
def build(head="sigmoid"):
    return keras.Sequential([keras.Input((8,)), keras.layers.Dense(32, activation="relu"), keras.layers.Dense(1, activation=head)])
"""
FIT = """
model = build()
model.compile(keras.optimizers.Adam(0.01), "binary_crossentropy", metrics=["accuracy"])
"""
NO_ROW = DATA + FIT + """
model.fit(x[:700], y[:700], epochs=12, sample_weight=np.zeros(700), validation_data=(x[700:], y[700:]), verbose=0)
print(model.evaluate(x[700:], y[700:], verbose=0)[1])
"""
STREAM = DATA + "x = x * np.array([1e3, 1, 1, 1, 1, 1, 1, 5e3], 'float32') + 2000\ny = (score > 0).astype('int64')\n" + FIT + """
train = tf.data.Dataset.from_tensor_slices((x[:700], y[:700])).shuffle(700).batch(32)
test = tf.data.Dataset.from_tensor_slices((x[700:], y[700:])).batch(32)
model.fit(train, epochs=25, validation_data=test, verbose=0)
print(model.evaluate(test, verbose=0)[1])
"""
TWICE = """
import keras
from sklearn.datasets import load_digits
keras.utils.set_random_seed(3)
digits = load_digits()
x, y = digits.images[..., None].astype("float32") / 16, digits.target
model = keras.Sequential([
    keras.Input((8, 8, 1)), keras.layers.Rescaling(1 / 255), keras.layers.Conv2D(16, 3, activation="relu"),
    keras.layers.Flatten(), keras.layers.Dense(10, activation="softmax"),
])
model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(x[:1300], y[:1300], epochs=6, validation_data=(x[1300:], y[1300:]), verbose=0)
print(model.evaluate(x[1300:], y[1300:], verbose=0)[1])
"""
LOOP = DATA + """
model, optimizer = build(None), keras.optimizers.Adam(0.01)
target = score.astype("float32")
train = tf.data.Dataset.from_tensor_slices((x[:700], target[:700])).shuffle(700).batch(50)
@tf.function
def step(rows, wanted):
    with tf.GradientTape() as tape:
        out = model(rows, training=True)
        loss = tf.reduce_mean(tf.square(wanted - out))
    optimizer.apply_gradients(zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables))
    return loss
for epoch in range(20):
    for rows, wanted in train:
        loss = step(rows, wanted)
print(np.corrcoef(model.predict(x[700:], verbose=0)[:, 0], target[700:])[0, 1])
"""


APART = DATA + FIT + """
x_train, y_train = x[:700].copy(), y[:700].copy()
rng.shuffle(x_train)
rng.shuffle(y_train)
model.fit(x_train, y_train, epochs=12, validation_data=(x[700:], y[700:]), verbose=0)
print(model.evaluate(x[700:], y[700:], verbose=0)[1])
"""
OLD = DATA + """
model = build()
model.compile(keras.optimizers.Adam(lr=0.01), "binary_crossentropy", metrics=["accuracy"])
model.fit(x[:700], y[:700], epochs=12, verbose=0)
print(model.evaluate(x[700:], y[700:], verbose=0)[1])
"""


@pytest.mark.parametrize(
    ("program", "cause", "written"),
    [
        (NO_ROW, "constant-loss", "sample_weight=None"),
        (STREAM, "unscaled-inputs", "keras.layers.Normalization(mean=["),
        (TWICE, "unscaled-inputs", "keras.layers.Rescaling(1.0)"),
        (LOOP, "loss-shape-broadcast", "training=True)[:, 0]"),
    ],
)
def test_a_program_is_repaired_by_what_was_tried(tmp_path: Path, program: str, cause: str, written: str) -> None:
    report, _ = run(tmp_path, program, 60)
    assert (report["findings"][0]["cause"], report["findings"][0]["status"]) == (cause, "confirmed")
    assert fix(tmp_path / "run", apply=True, force=True, tell=lambda _: None) == 0
    assert written in (tmp_path / "train.py").read_text()
    done = subprocess.run([sys.executable, "train.py"], cwd=tmp_path, env=QUIET, capture_output=True, text=True, check=True)
    assert float(done.stdout.split()[-1]) > 0.8


def test_a_program_that_raised_is_run_again_where_the_kernel_can_confine_it(tmp_path: Path) -> None:
    report, _ = run(tmp_path, OLD, 60)
    first = report["findings"][0]
    assert (first["cause"], first["status"]) == ("api-misuse", "confirmed" if version() else "suspected")
    assert ("+model.compile(keras.optimizers.Adam(learning_rate=0.01)" in (first["fix"]["diff"] or "")) == (version() > 0)
    assert not (tmp_path / "run" / "again").exists()


def test_a_program_is_run_again_beside_its_unchanged_self(tmp_path: Path) -> None:
    report, _ = run(tmp_path, APART, 60)
    first = report["findings"][0]
    assert (first["cause"], first["status"]) == ("misaligned-labels", "confirmed")
    assert ("+x_train = x_train[traindx_order]" in (first["fix"]["diff"] or "")) == (version() > 0)
