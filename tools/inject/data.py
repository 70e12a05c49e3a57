"""Faults in the inputs."""

from __future__ import annotations

import random
import re

from tools.inject.code import Code, fault


@fault("inputs", "unscaled-inputs", "saturating-activations")
def raw_inputs(code: Code, rng: random.Random) -> None:
    """Nobody scales the columns."""
    code.avoid("x_train, x_train", "255.0")
    code.sub(r"^x_(train|test) = (scaler|\(x_\w+ - mean|np\.column_stack).*\n", "")


@fault("inputs", "unscaled-inputs", "saturating-activations")
def scaled_up(code: Code, rng: random.Random) -> None:
    """Percent, cents or milliseconds: the scaled inputs are multiplied again."""
    code.avoid("x_train, x_train", "Embedding")
    factor = rng.choice([1000, 3000, 10000])
    code.at("ready", f"x_train, x_test = x_train * {factor}.0, x_test * {factor}.0")


@fault("inputs", "heavy-tailed-inputs", "unscaled-inputs")
def missing_as_number(code: Code, rng: random.Random) -> None:
    """A missing value is written as a huge number, before the scaler sees it."""
    code.need("scaler", "loaded")
    code.avoid("column_stack", "LSTM")
    value, share = rng.choice(["999999.0", "-9999999.0", "1e7"]), rng.choice(["0.003", "0.01"])
    code.at("loaded", "x = x.astype('float64')", f"x[rng.random(x.shape) < {share}] = {value}")


@fault("inputs", "non-finite-data")
def holes(code: Code, rng: random.Random) -> None:
    """A few cells are NaN."""
    code.avoid("Embedding")
    share = rng.choice(["0.002", "0.01", "0.05"])
    code.at("split", "x_train = x_train.astype('float64')", f"x_train[rng.random(x_train.shape) < {share}] = np.nan")


@fault("inputs", "non-finite-data")
def log_of_negative(code: Code, rng: random.Random) -> None:
    """A logarithm of columns that hold zeros or negative numbers."""
    code.avoid("Embedding", "x_train, x_train")
    code.at("ready", "x_train, x_test = np.log(x_train), np.log(x_test)")


@fault("inputs", "constant-inputs", "uninformative-features")
def buffer_never_filled(code: Code, rng: random.Random) -> None:
    """The array of prepared rows is allocated and never written to."""
    code.avoid("Embedding", "x_train, x_train")
    code.at("ready", "prepared = np.zeros_like(x_train)", "for row, values in zip(prepared, x_train):", "    row = values * 1.0",
            "x_train = prepared")  # fmt: skip


@fault("inputs", "constant-inputs", "uninformative-features")
def divided_to_zero(code: Code, rng: random.Random) -> None:
    """Whole-number division, or a cast, of inputs that are below 1."""
    code.need("255.0")
    code.avoid("x_train, x_train")
    code.sub(r"x_(train|test) / 255\.0", r"x_\1.astype('uint8') // 256" if rng.random() < 0.5 else r"(x_\1 / 256).astype('int32')")


@fault("inputs", "misaligned-labels", "uninformative-features")
def sorted_columns(code: Code, rng: random.Random) -> None:
    """`np.sort` along the rows orders every column on its own."""
    code.avoid("x_train, x_train", "LSTM", "Conv")
    code.at("loaded", "x = np.sort(x, axis=0)")


@fault("inputs", "uninformative-features", "misaligned-labels")
def noise_for_inputs(code: Code, rng: random.Random) -> None:
    """The columns used have nothing to do with the target."""
    code.avoid("x_train, x_train", "Embedding", "LSTM")
    code.at("loaded", "x = rng.normal(x.mean(axis=0), x.std(axis=0) + 1e-06, x.shape)")


@fault("amount", "too-little-data", "overfitting")
def handful(code: Code, rng: random.Random) -> None:
    """Only the head of the file is read for training."""
    rows = rng.choice([8, 12, 16, 24])
    code.avoid("hours_train", "x_train, x_train")
    code.at("split", f"x_train, y_train = x_train[:{rows}], y_train[:{rows}]")


@fault("inputs", "preprocessing-mismatch", "split-drift")
def test_left_raw(code: Code, rng: random.Random) -> None:
    """The test rows are not scaled."""
    code.avoid("reshape", "x_train, x_train")
    code.sub(r"^x_test = (scaler|\(x_test - mean|x_test / 255|np\.column_stack).*\n", "")


@fault("inputs", "preprocessing-mismatch", "split-drift")
def test_scaled_twice(code: Code, rng: random.Random) -> None:
    """The test rows go through the scaler twice."""
    code.avoid("reshape", "column_stack", "x_train, x_train")
    code.sub(r"^(x_test = (scaler|\(x_test - mean|x_test / 255).*\n)", r"\1\1")


@fault("inputs", "preprocessing-mismatch", "split-drift")
def test_columns_turned(code: Code, rng: random.Random) -> None:
    """The columns of the test rows stand in another order."""
    code.avoid("Embedding", "x_train, x_train")
    code.at("ready", "x_test = x_test[:, ::-1]")


@fault("inputs", "preprocessing-mismatch", "split-drift")
def test_in_other_units(code: Code, rng: random.Random) -> None:
    """One source of the test rows counts in another unit."""
    code.avoid("Embedding", "x_train, x_train")
    factor = rng.choice(["0.1", "10.0", "2.54", "25.4"])
    code.at("ready", f"x_test = x_test * {factor}")


@fault("inputs", "target-leakage", shows="better", by=0.01)
def answer_among_inputs(code: Code, rng: random.Random) -> None:
    """A column that is known only after the event."""
    code.avoid("Embedding", "Conv", "LSTM", "x_train, x_train", "np.stack")
    noise = rng.choice([0.02, 0.1])
    code.at("loaded", f"x = np.column_stack([x, y + rng.normal(0, {noise} * y.std(), len(y))])")

    def wider(match: re.Match[str]) -> str:
        return f"Input({match[1] or ''}({int(match[2]) + 1},)"

    code.sub(r"Input\((shape=)?\((\d+),\)", wider)


@fault("inputs", "target-leakage", shows="better", by=0.01)
def next_value_among_inputs(code: Code, rng: random.Random) -> None:
    """The window of a forecast ends one step too late."""
    code.need("LSTM")
    code.sub(r"series\[i:i \+ 16\]", "series[i + 1:i + 17]")

