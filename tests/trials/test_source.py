"""Changes as diffs of the user's file, at the right line, formatting kept."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from traindx.facts.findings import Location
from traindx.trials.source.calls import with_argument
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


def test_inputs_are_scaled_in_place_where_the_program_binds_no_names(places: Places) -> None:
    _, after = changed(places, ("inputs", "standardise:0"))
    assert after[0] == "traindx_mean, traindx_spread = x.mean(axis=0), x.std(axis=0)"
    assert after[1] == "model.fit((x - traindx_mean) / traindx_spread, y, epochs=5,"
    assert after[-1] == "print(model.predict((x - traindx_mean) / traindx_spread))"


def test_layers_made_on_one_line_share_a_change(places: Places) -> None:
    twice = replace(places, layers=(*places.layers, ("again", "Dense", places.layers[0][2])))
    _, after = changed(twice, ("activation:hidden", '"tanh"'), ("activation:again", '"tanh"'))
    assert after == ['    keras.layers.Dense(8, "tanh"),  # hidden']


ONE_LINE = "net = Sequential([Input((3,)), Dense(8), Dense(9, activation='relu'), Dense(1)])\n"
LOOP = "for n in (8, 9):\n    net.add(Dense(n))\n"


def stacked(tmp_path: Path, text: str, line: int, *changes: Change) -> str | None:
    """The new lines; the layers a, b, c were made on the line."""
    file = tmp_path / "train.py"
    file.write_text(text)
    layers = tuple((n, "Dense", Location(str(file), line)) for n in ("a", "b", "c")[: 3 if line == 1 else 2])
    diff = diff_of(changes, Places(layers=layers), str(file))
    return diff and "".join(t[1:].strip() for t in diff.splitlines()[2:] if t[0] == "+")


def test_layers_of_one_line_are_told_apart(tmp_path: Path) -> None:
    made = stacked(tmp_path, ONE_LINE, 1, ("activation:a", '"relu"'), ("units:b", "32"))
    assert made == "net = Sequential([Input((3,)), Dense(8, activation=\"relu\"), Dense(32, activation='relu'), Dense(1)])"
    assert stacked(tmp_path, "net = build(Dense(1), Dense(2))\n", 1, ("units:a", "3")) is None


def test_a_loop_makes_layers_alike_or_not_at_all(tmp_path: Path) -> None:
    assert stacked(tmp_path, LOOP, 2, ("units:a", "4"), ("units:b", "4")) == "net.add(Dense(4))"
    assert stacked(tmp_path, LOOP, 2, ("units:a", "4"), ("units:b", "5")) is None


def test_lines_above_a_change_do_not_move_the_others(places: Places) -> None:
    _, after = changed(places, ("inputs", "standardise:0"), ("targets", "shape:-1"), ("epochs", "9"), ("loss", '"mae"'))
    assert '    loss="mae",' in after
    assert "model.fit((x - traindx_mean) / traindx_spread, np.reshape(y, -1), epochs=9," in after


def test_layers_are_put_before_another(places: Places) -> None:
    _, after = changed(places, ("before:out", 'Dense(64, activation="relu"); Flatten()'))
    assert [t.strip() for t in after] == ['keras.layers.Dense(64, activation="relu"),', "keras.layers.Flatten(),"]


@pytest.mark.parametrize(
    ("program", "change", "line", "expected"),
    [
        ("model.add(layers.Dense(3))\n", ("before:out", "Flatten()"), 1, "model.add(layers.Flatten())"),
        ("model.compile('adam')\n", ("trainable", "True"), 1, "model.trainable = True"),
        ("model.fit(data, epochs=2)\n", ("pipeline", "unbatch().batch(8)"), 1, "model.fit(data.unbatch().batch(8), epochs=2)"),
        ("stop = EarlyStopping(patience=1)\nmodel.fit(x)\n", ("patience", "9"), 2, "stop = EarlyStopping(patience=9)"),
        ("import keras\nset_dtype_policy('float16')\nmodel.compile('adam')\n", ("dtype", "float32"), 3, 'set_dtype_policy("float32")'),
        ("d = Dense(3, dtype='float16')\nmodel.compile('adam')\n", ("dtype", "float32"), 2, 'd = Dense(3, dtype="float32")'),
        ("from tensorflow import keras as k\nmodel.compile('adam', metrics='accuracy')\n",
         ("metric", "0:1:accuracy:keras.metrics.MeanAbsoluteError()"), 2,
         "model.compile('adam', metrics=[k.metrics.MeanAbsoluteError()])"),
    ],
)  # fmt: skip
def test_other_changes(tmp_path: Path, program: str, change: Change, line: int, expected: str) -> None:
    file = tmp_path / "train.py"
    file.write_text(program)
    here = Location(str(file), line)
    diff = diff_of((change,), Places(here, None, here, (("out", "Dense", here),)), str(file))
    assert diff is not None
    assert [t[1:] for t in diff.splitlines()[2:] if t[0] == "+"] == [expected]


def test_a_named_optimizer_becomes_an_object(tmp_path: Path) -> None:
    file = tmp_path / "train.py"
    file.write_text('import tensorflow as tf\nmodel.compile("adam", "mse")\n')
    diff = diff_of((("learning_rate", "0.01"),), Places(Location(str(file), 2), None, None), str(file))
    assert diff is not None
    assert '+model.compile(tf.keras.optimizers.Adam(learning_rate=0.01), "mse")' in diff


@pytest.mark.parametrize(
    "change", [("inputs", "standardise:0"), ("epochs", "3"), ("activation:nowhere", '"relu"'), ("something", "1")]
)
def test_no_diff_where_the_line_is_not_known(tmp_path: Path, change: Change) -> None:
    file = tmp_path / "train.py"
    file.write_text("print(1)\n")
    assert diff_of((change,), Places(None, None, Location(str(file), 1)), str(file)) is None


def test_no_diff_for_broken_source(tmp_path: Path) -> None:
    file = tmp_path / "train.py"
    file.write_text("model.fit(((\n")
    assert diff_of((("epochs", "3"),), Places(None, None, Location(str(file), 1)), str(file)) is None


def test_an_argument_that_double_stars_may_hold_is_put_among_them() -> None:
    import libcst as cst

    call = cst.parse_expression("Dense(3, **given)")
    made = cst.Module([]).code_for_node(with_argument(cst.ensure_type(call, cst.Call), "kernel_initializer", '"he_normal"'))
    assert made == 'Dense(3, **{**given, "kernel_initializer": "he_normal"})'


def test_epochs_are_changed_where_their_name_is_bound(tmp_path):
    file = tmp_path / "train.py"
    file.write_text("WIDTH, EPOCHS = 8, 60\nh = model.fit(x, y, epochs=EPOCHS)\nfor e in range(0, EPOCHS, 8):\n    print(e)\n")
    diff = diff_of((("epochs", "3"),), Places(fit=Location(str(file), 2)), str(file))
    assert diff is not None
    assert "+WIDTH, EPOCHS = 8, 3" in diff
    assert "-h = " not in diff
    file.write_text("def train(epochs=60):\n    return model.fit(x, y, epochs=epochs)\n")
    diff = diff_of((("epochs", "3"),), Places(fit=Location(str(file), 2)), str(file))
    assert diff is not None
    assert "+    return model.fit(x, y, epochs=3)" in diff
