"""Changed data as source: the changed program is run, and what its model is given is compared."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from traindx.trials.source.data import change_data

X = np.array([[1.0, 10.0, 5.0], [2.0, 20.0, 5.0], [3.0, 30.0, 5.0], [4.0, 70.0, 5.0], [5.0, 10.0, 5.0], [6.0, 20.0, 5.0]])
Y = np.array([0, 1, 2, 0, 1, 2])
NAMES = """import numpy as np
x_train, y_train, x_test, y_test = x[:4], y[:4], x[4:], y[4:]
model.fit(x_train, y_train, epochs=2, validation_data=(x_test, y_test))
model.evaluate(x_test, y_test)
answer = model.predict(x_test)
"""
SLICES = """x, y = x.copy(), y
model.fit(x[:4], y[:4], validation_data=(x[4:], y[4:]))
model.evaluate(x[4:], y[4:])
answer = model.predict(x[4:])
"""
FUNCTION = """def train(inputs):
    model.fit(inputs[:4], y[:4], validation_data=(inputs[4:], y[4:]))
    model.evaluate(inputs[4:], y[4:])
    return model.predict(inputs[4:])
answer = train(x)
"""
FORMS = {"names": NAMES, "slices": SLICES, "function": FUNCTION}


class Model:
    """Notes what it is given; predicts zeros."""

    def __init__(self) -> None:
        self.seen: dict[str, Any] = {}

    def fit(self, x: Any, y: Any, epochs: int = 1, validation_data: Any = None) -> None:
        self.seen |= {"x": x, "y": y, "held": validation_data}

    def evaluate(self, x: Any, y: Any) -> None:
        self.seen["evaluated"] = (x, y)

    def predict(self, x: Any) -> np.ndarray:
        self.seen["predicted"] = x
        return np.zeros(len(x))


def given(text: str, x: np.ndarray = X, y: np.ndarray = Y) -> dict[str, Any]:
    """What the model was given, and the program's `answer`."""
    model = Model()
    names: dict[str, Any] = {"model": model, "x": x.copy(), "y": y.copy()}
    exec(compile(text, "train.py", "exec"), names)
    return {**model.seen, "answer": names["answer"]}


def changed(form: str, what: str, value: str) -> str:
    text = FORMS[form]
    made = change_data(text, next(i for i, t in enumerate(text.splitlines(), 1) if ".fit(" in t), what, value)
    assert made is not None
    return made


every_form = pytest.mark.parametrize("form", FORMS)


@every_form
def test_all_rows_are_standardised_with_the_training_rows(form: str) -> None:
    seen = given(changed(form, "inputs", "standardise:0+"))
    mean, spread = X[:4].mean(axis=0), np.where(X[:4].std(axis=0) > 0, X[:4].std(axis=0), 1)
    np.testing.assert_allclose(seen["x"], (X[:4] - mean) / spread)
    for rows in (seen["held"][0], seen["evaluated"][0], seen["predicted"]):
        np.testing.assert_allclose(rows, (X[4:] - mean) / spread)


@every_form
def test_pictures_have_one_mean(form: str) -> None:
    seen = given(changed(form, "inputs", "standardise:None"))
    np.testing.assert_allclose(seen["predicted"], (X[4:] - X[:4].mean()) / X[:4].std())


@every_form
def test_the_logarithm_comes_first(form: str) -> None:
    seen = given(changed(form, "inputs", "log1p:0+"))
    tame = np.log1p(X)
    np.testing.assert_allclose(seen["evaluated"][0], (tame[4:] - tame[:4].mean(axis=0)) / np.array([*tame[:4].std(axis=0)[:2], 1]))


@every_form
def test_missing_cells_are_filled_with_the_training_mean(form: str) -> None:
    holes = X.copy()
    holes[0, 0] = holes[5, 1] = np.nan
    seen = given(changed(form, "inputs", "fill"), holes)
    assert seen["x"][0, 0] == 3.0
    assert seen["predicted"][1, 1] == 32.5


@every_form
def test_rows_with_missing_cells_are_left_out(form: str) -> None:
    holes = X.copy()
    holes[1, 0] = np.inf
    seen = given(changed(form, "rows", "finite:x"), holes)
    np.testing.assert_array_equal(seen["x"], X[[0, 2, 3]])
    np.testing.assert_array_equal(seen["y"], Y[[0, 2, 3]])


@every_form
def test_a_column_is_taken_out(form: str) -> None:
    seen = given(changed(form, "inputs", "mute:1"))
    assert set(seen["x"][:, 1]) == set(seen["predicted"][:, 1]) == {32.5}
    np.testing.assert_array_equal(seen["predicted"][:, 0], X[4:, 0])


@every_form
def test_targets_are_scaled_and_predictions_turned_back(form: str) -> None:
    seen = given(changed(form, "targets", "standardise"))
    np.testing.assert_allclose(seen["y"], (Y[:4] - 0.75) / Y[:4].std())
    np.testing.assert_allclose(seen["evaluated"][1], (Y[4:] - 0.75) / Y[:4].std())
    np.testing.assert_allclose(seen["answer"], [0.75, 0.75])


@every_form
def test_targets_are_brought_between_two_ends(form: str) -> None:
    seen = given(changed(form, "targets", "standardise:-1.0:1.0"))
    np.testing.assert_allclose(seen["y"], [-1, 0, 1, -1])
    np.testing.assert_allclose(seen["answer"], [1.0, 1.0])


@every_form
@pytest.mark.parametrize(
    ("way", "expected"),
    [("shape:(-1, 1)", Y[:, None]), ("one-hot:3", np.eye(3)[Y]), ("from-0", Y)],
)
def test_targets_take_another_form(form: str, way: str, expected: np.ndarray) -> None:
    seen = given(changed(form, "targets", way), y=Y + 1 if way == "from-0" else Y)
    np.testing.assert_array_equal(seen["y"], expected[:4])
    np.testing.assert_array_equal(seen["held"][1], expected[4:])
    np.testing.assert_array_equal(seen["evaluated"][1], expected[4:])


@every_form
def test_empty_one_hot_rows_are_marked_or_left_out(form: str) -> None:
    wide = np.eye(3)[Y] * [0, 1, 1]
    np.testing.assert_array_equal(given(changed(form, "targets", "fill:0:3"), y=wide)["y"], np.eye(3)[Y[:4]])
    np.testing.assert_array_equal(given(changed(form, "rows", "some-class"), y=wide)["x"], X[[1, 2]])


@every_form
def test_rows_are_shuffled_together_before_they_are_split(form: str) -> None:
    seen = given(changed(form, "rows", "split-again"), y=X[:, 0])
    rows = np.concatenate([seen["x"], seen["held"][0]])
    assert len(seen["x"]) == 4
    np.testing.assert_array_equal(rows[:, 0], np.concatenate([seen["y"], seen["held"][1]]))
    assert sorted(rows[:, 0]) == [1, 2, 3, 4, 5, 6] != rows[:, 0].tolist()
    np.testing.assert_array_equal(seen["evaluated"][0], seen["held"][0])


@every_form
def test_held_out_rows_that_were_trained_on_are_left_out(form: str) -> None:
    twice = X.copy()
    twice[4] = X[1]
    seen = given(changed(form, "held", "unseen:validation"), twice)
    np.testing.assert_array_equal(seen["held"][0], X[5:])
    np.testing.assert_array_equal(seen["held"][1], Y[5:])


@every_form
def test_held_out_rows_get_the_training_rows_columns(form: str) -> None:
    seen = given(changed(form, "held", "like:validation:columns"))
    np.testing.assert_allclose(seen["held"][0].mean(axis=0), X[:4].mean(axis=0))
    np.testing.assert_array_equal(seen["x"], X[:4])
    np.testing.assert_allclose(seen["predicted"], seen["held"][0])


@every_form
def test_held_out_columns_are_put_in_order(form: str) -> None:
    np.testing.assert_array_equal(given(changed(form, "held", "like:validation:@[:, [1, 0, 2]]"))["held"][0], X[4:, [1, 0, 2]])


@every_form
def test_held_out_classes_are_renamed(form: str) -> None:
    np.testing.assert_array_equal(given(changed(form, "held", "rename:validation:0, 2, 1"))["evaluated"][1], [2, 1])
    wide = given(changed(form, "held", "exchange:validation:0, 2, 1"), y=np.eye(3)[Y])
    np.testing.assert_array_equal(wide["held"][1].argmax(axis=1), [2, 1])


def test_names_that_the_function_does_not_bind_are_changed_in_place() -> None:
    text = "def train():\n    model.fit(x, y)\n    return model.predict(x)\nanswer = train()\n"
    made = change_data(text, 2, "inputs", "standardise:None")
    assert made is not None
    np.testing.assert_allclose(given(made)["predicted"], (X - X.mean()) / X.std())


@pytest.mark.parametrize(
    "text",
    [
        "model.fit(train, epochs=3)\n",
        "model.fit(x, y, validation_data=(xv, yv, weights)[:2])\n",
        "def train():\n    model.fit(x, y)\ntrain()\nmodel.predict(x)\n",
        "if x: model.fit(x, y)\n",
    ],
)
def test_no_change_where_the_data_cannot_be_followed(text: str) -> None:
    line = 2 if text.startswith("def") else 1
    assert change_data(text, line, "inputs", "standardise:0") is None


def test_the_written_program_keeps_its_form() -> None:
    made = changed("names", "inputs", "standardise:0")
    assert made.splitlines() == [
        *NAMES.splitlines()[:2],
        "traindx_mean, traindx_spread = x_train.mean(axis=0), x_train.std(axis=0)",
        "x_train = (x_train - traindx_mean) / traindx_spread",
        "x_test = (x_test - traindx_mean) / traindx_spread",
        *NAMES.splitlines()[2:],
    ]


@every_form
def test_rows_that_are_held_out_too_leave_the_training(form: str) -> None:
    rows = X.copy()
    rows[1] = rows[4]
    seen = given(changed(form, "rows", "not-held"), rows)
    np.testing.assert_array_equal(seen["x"], X[[0, 2, 3]])
    np.testing.assert_array_equal(seen["y"], Y[[0, 2, 3]])
    np.testing.assert_array_equal(seen["held"][0], rows[4:])
