"""Changes as diffs of the user's file, at the right line, formatting kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from traindx.facts.findings import Location
from traindx.trials.source.patch import Change, Places, diff_of

PROGRAM = '''import numpy as np
from tensorflow import keras

model = keras.Sequential([
    keras.Input((3,)),
    keras.layers.Dense(8, "relu"),  # hidden
    keras.layers.Dense(1, activation='relu'),
])
model.compile(
    optimizer=keras.optimizers.Adam(lr),  # too high
    loss="mse",
)
model.fit(x, y, epochs=5,
          validation_data=(xv, yv))
print(model.predict(x))
'''


@pytest.fixture
def places(tmp_path: Path) -> Places:
    file = str(tmp_path / "train.py")
    Path(file).write_text(PROGRAM)
    return Places(
        Location(file, 9), Location(file, 10), Location(file, 13),
        (("hidden", "Dense", Location(file, 6)), ("out", "Dense", Location(file, 7))),
    )  # fmt: skip


def changed(places: Places, *changes: Change) -> tuple[list[str], list[str]]:
    diff = diff_of(changes, places, places.fit.file if places.fit else "")
    assert diff is not None
    assert diff.startswith("--- train.py\n+++ train.py\n")
    lines = diff.splitlines()[2:]
    return [x[1:] for x in lines if x[0] == "-"], [x[1:] for x in lines if x[0] == "+"]


@pytest.mark.parametrize(
    ("change", "old", "new"),
    [
        (("learning_rate", "0.001"), "keras.optimizers.Adam(lr),  # too high", "keras.optimizers.Adam(0.001),  # too high"),
        (("global_clipnorm", "1.0"), "Adam(lr)", "Adam(lr, global_clipnorm=1.0)"),
        (("optimizer", "SGD(learning_rate=0.1)"), "keras.optimizers.Adam(lr)", "keras.optimizers.SGD(learning_rate=0.1)"),
        (("activation:out", '"sigmoid"'), "activation='relu'", 'activation="sigmoid"'),
        (("units:out", "3"), "Dense(1,", "Dense(3,"),
        (("activation:hidden", '"tanh"'), 'Dense(8, "relu")', 'Dense(8, "tanh")'),
        (("kernel_initializer:hidden", '"he_normal"'), '"relu")', '"relu", kernel_initializer="he_normal")'),
        (("loss", '"mae"'), 'loss="mse"', 'loss="mae"'),
        (("epochs", "30"), "epochs=5", "epochs=30"),
    ],
)
def test_one_line_changes(places: Places, change: Change, old: str, new: str) -> None:
    before, after = changed(places, change)
    assert len(before) == len(after) == 1
    assert before[0].replace(old, new) == after[0]


def test_an_argument_is_added_to_fit(places: Places) -> None:
    _, after = changed(places, ("class_weight", "{0: 1.0, 1: 5.0}"))
    assert after[0].strip() == "validation_data=(xv, yv), class_weight={0: 1.0, 1: 5.0})"


def test_inputs_are_scaled_before_fit_under_their_own_names(places: Places) -> None:
    before, after = changed(places, ("inputs", "standardise"))
    assert before == []
    assert after == [
        "traindx_mean, traindx_spread = x.mean(axis=0), x.std(axis=0) + 1e-7",
        "x = (x - traindx_mean) / traindx_spread",
        "xv = (xv - traindx_mean) / traindx_spread",
    ]


def test_a_logarithm_uses_the_programs_numpy(places: Places) -> None:
    _, after = changed(places, ("inputs", "log1p"))
    assert after[0] == "x = np.sign(x) * np.log1p(abs(x))"


def test_a_named_optimizer_becomes_an_object(tmp_path: Path) -> None:
    file = tmp_path / "train.py"
    file.write_text('import tensorflow as tf\nmodel.compile("adam", "mse")\n')
    diff = diff_of((("learning_rate", "0.01"),), Places(Location(str(file), 2), None, None), str(file))
    assert diff is not None
    assert '+model.compile(tf.keras.optimizers.Adam(learning_rate=0.01), "mse")' in diff


@pytest.mark.parametrize(
    "change", [("inputs", "standardise"), ("epochs", "3"), ("activation:nowhere", '"relu"'), ("something", "1")]
)
def test_no_diff_where_the_line_is_not_known(tmp_path: Path, change: Change) -> None:
    file = tmp_path / "train.py"
    file.write_text("print(1)\n")
    assert diff_of((change,), Places(None, None, Location(str(file), 1)), str(file)) is None


def test_no_diff_for_broken_source(tmp_path: Path) -> None:
    file = tmp_path / "train.py"
    file.write_text("model.fit(((\n")
    assert diff_of((("epochs", "3"),), Places(None, None, Location(str(file), 1)), str(file)) is None
