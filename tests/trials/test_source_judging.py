"""How a model is judged, and loops, as source: text in, text out."""

from __future__ import annotations

from pathlib import Path

import pytest

from traindx.facts.findings import Location
from traindx.trials.source import loops, scored
from traindx.trials.source.metrics import with_metric
from traindx.trials.source.patch import Places, diff_of

CUT = "def mk(a, shuffle=True):\n    return a\n"
CLASS = "class Rows(PyDataset):\n    def __init__(self, x, shuffle=True):\n        pass\n"


def line_of(text: str, part: str) -> int:
    return next(i for i, t in enumerate(text.splitlines(), 1) if part in t)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ds = D.of(x).shuffle(9).batch(3)\np = net.predict(ds)\n", "ds = D.of(x).batch(3)"),
        ("ds = D.of(x).shuffle(9)\np = net.predict(ds)\n", "ds = D.of(x)"),
        ("p = net.predict(D.of(x).shuffle(9).batch(3))\n", "p = net.predict(D.of(x).batch(3))"),
        (CUT + "ds = mk(t)\nnet.fit(mk(u), validation_data=ds)\np = net.predict(ds)\n", "ds = mk(t, shuffle=False)"),
        (CLASS + "a, b = Rows(x), Rows(z)\np = net.predict(b)\n", "a, b = Rows(x), Rows(z, shuffle=False)"),
        ("ds = mk(x)\np = net.predict(ds)\ny = [b for _, b in ds]\n", "ds = mk(x).cache()"),
        ("ds = mk(x).shuffle(3)\nnet.fit(ds)\np = net.predict(ds)\nfor a in ds:\n    pass\n", "ds = mk(x).shuffle(3).cache()"),
    ],
)
def test_predicted_rows_keep_their_order(text: str, expected: str) -> None:
    made = scored.in_one_order(text, line_of(text, "predict("))
    assert made is not None
    assert [t for t in made.splitlines() if t not in text.splitlines()] == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "ds = mk(x)\np = net.predict(ds)\n",
        "ds = mk(x)\nds = ds.batch(3)\np = net.predict(ds)\ny = [b for b in ds]\n",
        "ds = D.of(x).shuffle(3)\nnet.fit(ds)\np = net.predict(ds)\n",
        "p, q = net.predict(a), net.predict(b)\n",
    ],
)
def test_no_order_where_the_rows_cannot_be_followed(text: str) -> None:
    assert scored.in_one_order(text, line_of(text, "predict(")) is None


def test_the_mode_of_a_call() -> None:
    assert scored.in_inference_mode("p = net(x, training=True).numpy()\n", 1) == "p = net(x, training=False).numpy()\n"
    assert scored.in_inference_mode("p = net(x)\n", 1) is None
    assert scored.in_inference_mode("p = net(x, training=True) + net(z, training=True)\n", 1) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("p = net.predict(x)\nprint((p > 0.5).mean())\n", "p = net.predict(x)[:, 0]\nprint((p > 0.5).mean())\n"),
        ("p = net.predict(x)\nprint(p[:, 0])\n", None),
        ("p = net.predict(x)\nprint(p.argmax(1))\n", None),
        ("print(net.predict(x) == y)\n", None),
    ],
)
def test_predictions_lose_their_last_axis(text: str, expected: str | None) -> None:
    assert scored.one_axis(text, 1) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("net.fit(x, y)\nother = clone_model(net)\nother.evaluate(x, y)\n",
         "net.fit(x, y)\ntraindx_weights = net.get_weights()\nother = clone_model(net)\nother.set_weights(traindx_weights)\n"
         "other.evaluate(x, y)\n"),
        ("net.fit(x, y)\nnet = build()\nnet.evaluate(x, y)\n", None),
        ("net.fit(x, y)\nnet = Model(Input(3))\nnet.predict(x)\nnet.evaluate(x, y)\n",
         "net.fit(x, y)\ntraindx_weights = net.get_weights()\nnet = Model(Input(3))\nnet.set_weights(traindx_weights)\n"
         "net.predict(x)\nnet.evaluate(x, y)\n"),
        ("h = net.fit(x, y)\nnet.load_weights(p)\n# judge\nprint(net.predict(x))\n",
         "h = net.fit(x, y)\ntraindx_weights = net.get_weights()\nnet.load_weights(p)\n# judge\nnet.set_weights(traindx_weights)\n"
         "print(net.predict(x))\n"),
        ("def a():\n    net.fit(x, y)\ndef b():\n    net.evaluate(x, y)\n", None),
        ("if x:\n    net.fit(x, y)\nnet.evaluate(x, y)\n", None),
        ("build().fit(x, y)\nnet.evaluate(x, y)\n", None),
    ],
)  # fmt: skip
def test_the_trained_weights_are_judged(text: str, expected: str | None) -> None:
    judged = line_of(text, "evaluate" if "evaluate" in text else "predict")
    assert scored.trained_weights(text, line_of(text, ".fit("), judged) == expected


TAPE = """def step(x, y):
    with tf.GradientTape() as tape:
        out = net(x, training=True)
        loss = mean(tf.square(y - out))
    return tape.gradient(loss, net.trainable_variables)
"""


def test_the_models_call_under_a_tape() -> None:
    assert loops.in_tape(TAPE, "@[:, 0]") == TAPE.replace("training=True)", "training=True)[:, 0]")
    assert loops.in_tape(TAPE.replace(", training=True", "").replace("mean(tf.square(y - out))", "float(y - out)"), "@[:, 0]") is not None
    assert loops.in_tape(TAPE.replace(", training=True", ""), "@[:, 0]") is None
    assert loops.in_tape(TAPE.replace("GradientTape", "Other"), "@[:, 0]") is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("loss = keras.losses.MeanSquaredError(reduction=None)\n", "loss = keras.losses.BinaryCrossentropy(reduction=None)\n"),
        ("from keras.losses import Hinge\nloss = Hinge()\n",
         "from keras.losses import Hinge, BinaryCrossentropy\nloss = BinaryCrossentropy()\n"),
        ("loss = Own()\n", None),
    ],
)  # fmt: skip
def test_the_loss_object_of_a_loop(text: str, expected: str | None) -> None:
    assert loops.with_loss(text, len(text.splitlines()), '"binary_crossentropy"') == expected


BINARY = "keras.metrics.BinaryAccuracy(threshold=0.0)"


@pytest.mark.parametrize(
    ("text", "value", "expected"),
    [
        ("import keras\nm.compile(metrics=[a, 'acc', b])\n", f"1:3:acc:{BINARY}", f"import keras\nm.compile(metrics=[a, {BINARY}, b])\n"),
        ("import keras\nm.compile(metrics=own())\n", f"0:1:own:{BINARY}", f"import keras\nm.compile(metrics=[{BINARY}])\n"),
        ("import keras\nm.compile(metrics=['acc'])\nh['val_acc']\n", f"0:1:acc:{BINARY}",
         "import keras\nm.compile(metrics=[keras.metrics.BinaryAccuracy(threshold=0.0, name=\"acc\")])\nh['val_acc']\n"),
        ("from keras import Model\nm.compile(metrics=['acc'])\n", f"0:1:acc:{BINARY}",
         f"from keras import Model\nimport keras\nm.compile(metrics=[{BINARY}])\n"),
        ("import keras\nm.compile(metrics=[a, b])\n", f"0:1:a:{BINARY}", None),
        ("import keras\nm.compile(metrics=chosen)\n", f"0:1:a:{BINARY}", None),
        ("import keras\nm.compile('adam')\n", f"0:1:a:{BINARY}", None),
    ],
)  # fmt: skip
def test_a_metric_is_exchanged_in_its_place(text: str, value: str, expected: str | None) -> None:
    assert with_metric(text, line_of(text, "compile"), value) == expected


SCALED = ("inputs", "standardise:0", "first:a", "Normalization(mean=[1], variance=[4])")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("net = Sequential([layers.Input((3,)), layers.Dense(8), layers.Dense(1)])\n",
         "net = Sequential([layers.Input((3,)), layers.Normalization(mean=[1], variance=[4]), layers.Dense(8), layers.Dense(1)])"),
        ("from keras.layers import Dense\nnet.add(Dense(8)); net.add(Dense(1))\n", None),
        ("from keras.layers import Dense\nnet = Sequential([Dense(8, input_dim=3), Dense(1)])\n",
         "from keras.layers import Dense, InputLayer, Normalization"
         "net = Sequential([InputLayer(shape=(3,)), Normalization(mean=[1], variance=[4]), Dense(8, input_dim=3), Dense(1)])"),
        ("i = Input((3,))\nh, o = layers.Dense(8)(i), layers.Dense(1)\nnet = Model(i, o(h))\n",
         "h, o = layers.Dense(8)(layers.Normalization(mean=[1], variance=[4])(i)), layers.Dense(1)"),
        ("i = Input((3,))\nh, o = layers.Dense(8)(i), layers.Dense(1)\nnet = Model(i, add([o(h), i]))\nprint(other(i))\n", None),
    ],
)  # fmt: skip
def test_inputs_are_scaled_by_a_layer_where_the_data_cannot_be_followed(tmp_path: Path, text: str, expected: str | None) -> None:
    file = tmp_path / "train.py"
    file.write_text(text)
    here = Location(str(file), line_of(text, "Dense(8"))
    diff = diff_of((SCALED,), Places(None, None, None, (("a", "Dense", here), ("b", "Dense", here))), str(file))
    assert (diff and "".join(t[1:] for t in diff.splitlines()[2:] if t[0] == "+")) == expected


def test_the_data_are_changed_where_they_can_be_followed(tmp_path: Path) -> None:
    file = tmp_path / "train.py"
    file.write_text("net = Sequential([layers.Dense(8)])\nnet.fit(x, y, validation_data=held)\n")
    place = Location(str(file), 1)
    diff = diff_of((SCALED,), Places(None, None, Location(str(file), 2), (("a", "Dense", place),)), str(file))
    assert diff is not None
    assert "Normalization" not in diff
    assert "+net.fit((x - traindx_mean) / traindx_spread, y, validation_data=((held[0] - traindx_mean) / traindx_spread, held[1]))" in diff
