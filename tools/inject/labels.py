"""Faults in the labels and in how rows and labels are split."""

from __future__ import annotations

import random

from tools.inject.code import Code, fault

ROWS = r"train_test_split\((x(?:, y)?(?:, hours)?), "


@fault("labels", "label-noise", by=0.05)
def careless_labels(code: Code, rng: random.Random) -> None:
    """A large part of the training labels is wrong."""
    code.only("classes", "binary", "several")
    share = rng.choice([0.4, 0.5, 0.6]) if code.task != "binary" else rng.choice([0.35, 0.42])
    code.at("split", f"wrong = rng.random(len(y_train)) < {share}",
            "y_train = np.where(wrong, rng.permutation(y_train), y_train)" if code.task != "binary" else
            "y_train = np.where(wrong, 1 - y_train, y_train)")  # fmt: skip


@fault("labels", "label-noise", by=0.05)
def careless_measurements(code: Code, rng: random.Random) -> None:
    """The training targets are measured badly."""
    code.only("regression")
    code.at("split", f"y_train = y_train + rng.normal(0, {rng.choice([2, 3])} * y_train.std(), len(y_train))")


@fault("labels", "misaligned-labels", "uninformative-features")
def rows_shuffled_alone(code: Code, rng: random.Random) -> None:
    """Rows are shuffled, labels are not, before the split."""
    code.avoid("x_train, x_train", "hours")
    code.at("loaded", rng.choice(["x = rng.permutation(x)", "rng.shuffle(x)", "y = rng.permutation(y)"]))


@fault("labels", "misaligned-labels")
def training_rows_shuffled_alone(code: Code, rng: random.Random) -> None:
    """Only the training rows are shuffled without their labels."""
    code.avoid("x_train, x_train", "hours")
    code.at("split", rng.choice(["x_train = rng.permutation(x_train)", "y_train = y_train[rng.permutation(len(y_train))]"]))


@fault("labels", "misaligned-labels", "uninformative-features")
def labels_one_row_off(code: Code, rng: random.Random) -> None:
    """A header line is counted as a row: each row has its neighbour's label."""
    code.avoid("x_train, x_train", "LSTM", "hours")
    code.at("loaded", f"y = np.roll(y, {rng.choice([1, -1])})")


@fault("labels", "constant-targets")
def compared_with_text(code: Code, rng: random.Random) -> None:
    """The labels are compared with a word that never stands there."""
    code.only("classes", "binary")
    code.at("ready", "y_train = (y_train.astype(str) == 'yes').astype('int64')")


@fault("labels", "empty-one-hot-rows", "label-encoding-mismatch", "label-range")
def one_hot_from_one(code: Code, rng: random.Random) -> None:
    """One-hot rows are made for classes 1 to K while labels count from 0."""
    code.only("classes")
    k = code.classes
    code.at("ready", f"y_train = (y_train[:, None] == np.arange(1, {k + 1})).astype('float32')",
            f"y_test = (y_test[:, None] == np.arange(1, {k + 1})).astype('float32')")  # fmt: skip
    code.sub("sparse_categorical_crossentropy", "categorical_crossentropy") if code.has("'sparse_cat") else code.sub(
        "SparseCategoricalCrossentropy", "CategoricalCrossentropy")  # fmt: skip


@fault("labels", "label-range", "output-units", "api-misuse")
def classes_from_one(code: Code, rng: random.Random) -> None:
    """Labels count from 1, the loss expects them from 0."""
    code.only("classes")
    code.at("loaded", "y = y + 1")


@fault("labels", "label-range", "output-activation", "loss-mismatch")
def minus_one_for_no(code: Code, rng: random.Random) -> None:
    """Labels are -1 and 1 under a loss for 0 and 1."""
    code.only("binary")
    code.avoid("class_weight")
    code.at("ready", "y_train, y_test = 2 * y_train - 1, 2 * y_test - 1")


@fault("labels", "label-range", "output-activation", "unscaled-targets")
def pixels_to_255(code: Code, rng: random.Random) -> None:
    """The sigmoid of an autoencoder shall reach 255."""
    code.only("pixels")
    code.drop(r"^x_(train|test) = x_\w+ / 255")


@fault("labels", "unscaled-targets", "too-few-epochs", "learning-rate-too-low")
def raw_targets(code: Code, rng: random.Random) -> None:
    """The targets keep their unit: hundreds, or hundreds of thousands."""
    code.only("regression", "several")
    code.sub(r"^(y|hours)_(train|test) = \((y|hours)_\w+ - center\).*\n", "")


@fault("labels", "label-encoding-mismatch")
def test_labels_by_appearance(code: Code, rng: random.Random) -> None:
    """The test labels are numbered anew, in the order in which they appear."""
    code.only("classes")
    code.at("split", "seen = list(dict.fromkeys(y_test.tolist()))", "y_test = np.array([seen.index(v) for v in y_test])")


@fault("labels", "label-encoding-mismatch")
def test_labels_reversed(code: Code, rng: random.Random) -> None:
    """The test labels are numbered from the other end."""
    code.only("classes", "binary")
    code.at("split", "y_test = y_test.max() - y_test")


@fault("labels", "class-imbalance", "split-drift", "missing-classes", by=0.05)
def rare_class(code: Code, rng: random.Random) -> None:
    """One class hardly occurs among the training rows."""
    code.only("binary", "classes")
    share = rng.choice([0.015, 0.03])
    code.at("split", f"keep = (y_train != 1) | (rng.random(len(y_train)) < {share})", "x_train, y_train = x_train[keep], y_train[keep]")
    if code.has("class_weight=weight"):
        code.sub(", class_weight=weight", "")


@fault("split", "ordered-data", "missing-classes", "split-drift")
def split_of_sorted_labels(code: Code, rng: random.Random) -> None:
    """The file is sorted by its label, and its tail is the test split."""
    code.avoid("x_train, x_train", "hours", "LSTM")
    code.at("loaded", "order = np.argsort(y, kind='stable')", "x, y = x[order], y[order]")
    code.sub(r"random_state=SEED(, stratify=y)?", "shuffle=False")


@fault("split", "split-drift", "ordered-data")
def split_of_sorted_column(code: Code, rng: random.Random) -> None:
    """The file is sorted by a column, and its tail is the test split."""
    code.avoid("x_train, x_train", "hours", "LSTM", "Embedding", "Conv")
    code.at("loaded", f"order = np.argsort(x[:, {rng.choice([0, 1])}])", "x, y = x[order], y[order]")
    code.sub(r"random_state=SEED(, stratify=y)?", "shuffle=False")


@fault("split", "split-overlap", shows="better", by=0.01)
def oversampled_before_split(code: Code, rng: random.Random) -> None:
    """Rows are drawn with replacement before the split."""
    code.avoid("x_train, x_train", "hours", "LSTM", "255")
    code.at("loaded", f"rows = rng.integers(0, len(x), {rng.choice([2, 3])} * len(x))", "x, y = x[rows], y[rows]")


@fault("split", "split-overlap", shows="better", by=0.01)
def fitted_on_everything(code: Code, rng: random.Random) -> None:
    """The model is fitted on all rows, the test rows among them."""
    code.avoid("x_train, x_train", "hours", "LSTM")
    code.at("split", "x_train, y_train = np.concatenate([x_train, x_test]), np.concatenate([y_train, y_test])")
    code.sub(r"^(EPOCHS = )(\d+)", lambda m: f"{m[1]}{3 * int(m[2])}")


@fault("order", "ordered-data", "batch-size")
def class_after_class(code: Code, rng: random.Random) -> None:
    """Training rows are sorted by class, and fit does not shuffle them."""
    code.only("classes", "binary")
    code.at("ready", "order = np.argsort(y_train, kind='stable')", "x_train, y_train = x_train[order], y_train[order]")
    if code.has(r"\.shuffle\(2000"):
        code.sub(r"\.shuffle\(2000, seed=SEED\)", "")
    else:
        code.sub(r"epochs=EPOCHS", "epochs=EPOCHS, shuffle=False")
