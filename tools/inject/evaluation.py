"""Faults in the loss, in metrics and in how the result is measured."""

from __future__ import annotations

import random

from tools.inject.code import Code, fault


@fault("loss", "loss-mismatch", "output-activation", "loss-shape-broadcast", "output-units")
def squared_error_of_class_numbers(code: Code, rng: random.Random) -> None:
    """A loss of numbers for class numbers against class probabilities."""
    code.only("classes")
    code.need("'sparse_categorical_crossentropy'")
    code.sub("'sparse_categorical_crossentropy'", rng.choice(["'mse'", "'mae'"]))


@fault("loss", "loss-mismatch", "output-units", "output-activation", "constant-loss", "metric-mismatch", "api-misuse")
def categorical_for_one_unit(code: Code, rng: random.Random) -> None:
    """Categorical cross entropy over one sigmoid unit is 0."""
    code.only("binary")
    code.sub("'binary_crossentropy'", "'categorical_crossentropy'")


@fault("loss", "loss-mismatch", "label-range", "api-misuse", "output-units", "loss-shape-broadcast")
def binary_loss_of_classes(code: Code, rng: random.Random) -> None:
    """Binary cross entropy of class numbers above 1."""
    code.only("classes")
    code.sub("'sparse_categorical_crossentropy'", "'binary_crossentropy'")


@fault("loss", "loss-mismatch", "label-range", "output-activation")
def cross_entropy_of_numbers(code: Code, rng: random.Random) -> None:
    """Binary cross entropy for a quantity."""
    code.only("regression")
    code.sub("loss='mse'", "loss='binary_crossentropy'")


@fault("loss", "loss-shape-broadcast")
def rows_against_columns(code: Code, rng: random.Random) -> None:
    """(n,) minus (n, 1) is (n, n): each prediction is drawn to the mean."""
    code.only("regression")
    if code.has("GradientTape"):
        code.sub(r"tf\.squeeze\((model\(points, training=True\)), axis=1\)", r"\1")
        return
    keras = code.keras
    code.before(r"^model\.compile", "def error(y_true, y_pred):",
                f"    return {keras}.ops.mean({keras}.ops.square({keras}.ops.reshape(y_true, (-1,)) - y_pred))")  # fmt: skip
    code.sub("loss='mse'", "loss=error")


@fault("metric", "metric-mismatch", by=0.3)
def accuracy_of_a_quantity(code: Code, rng: random.Random) -> None:
    """Accuracy as the metric of a regression."""
    code.only("regression")
    code.need(r"metrics=\['mae'\]")
    code.sub(r"metrics=\['mae'\]", "metrics=['accuracy']")
    test = "[x_test[:, :1], x_test[:, 1:]]" if code.has("Embedding") else "x_test"
    code.sub(r"^predicted = .*\n", f"loss, score = model.evaluate({test}, y_test, verbose=0)\n")
    code.sub(r"^score = 1 - .*\n", "")


@fault("metric", "metric-mismatch", "broken-metric", by=0.3)
def equality_of_chances(code: Code, rng: random.Random) -> None:
    """A metric that compares for equality what is never equal."""
    code.only("binary")
    code.need(r"metrics=\['accuracy'\]")
    code.sub(r"metrics=\['accuracy'\]", f"metrics=[{code.keras}.metrics.Accuracy()]")


@fault("metric", "metric-mismatch", "broken-metric", by=0.3)
def metric_of_another_encoding(code: Code, rng: random.Random) -> None:
    """A metric for one-hot rows, or for two classes, on class numbers."""
    code.only("classes")
    code.sub(r"metrics=\['accuracy'\]", f"metrics=['{rng.choice(['categorical_accuracy', 'binary_accuracy'])}']")


@fault("metric", "broken-metric", "metric-mismatch", by=0.3)
def metric_without_axis(code: Code, rng: random.Random) -> None:
    """A hand-written accuracy that takes the largest number of the wrong thing."""
    code.only("classes")
    keras = code.keras
    how = rng.choice(["ops.argmax(y_pred, axis=0)[:1]", "ops.round(ops.max(y_pred, axis=-1))"]).replace("ops.", f"{keras}.ops.")
    code.before(r"^model\.compile", "def hit_rate(y_true, y_pred):",
                f"    best = {keras}.ops.cast({how}, 'float32')",
                f"    truth = {keras}.ops.cast({keras}.ops.reshape(y_true, (-1,)), 'float32')",
                f"    return {keras}.ops.mean({keras}.ops.cast({keras}.ops.equal(truth, best), 'float32'))")  # fmt: skip
    code.sub(r"metrics=\['accuracy'\]", "metrics=[hit_rate]")


@fault("scoring", "misaligned-predictions")
def predictions_in_another_order(code: Code, rng: random.Random) -> None:
    """Predictions of shuffled rows are compared with labels in order."""
    code.need(r"model\.predict\(x_test")
    code.avoid("x_train, x_train")
    if rng.random() < 0.5:
        code.at("trained", "order = rng.permutation(len(x_test))")
        code.sub(r"model\.predict\(x_test", "model.predict(x_test[order]")
    else:
        code.need(r"^import tensorflow as tf")
        code.at("trained", "shuffled = tf.data.Dataset.from_tensor_slices(x_test).shuffle(4000, seed=SEED).batch(64)")
        code.sub(r"model\.predict\(x_test", "model.predict(shuffled")


@fault("scoring", "train-inference-gap", "normalization-layers", by=0.05)
def dropout_while_scoring(code: Code, rng: random.Random) -> None:
    """The network is called in training mode when it is scored."""
    code.need(r"Dropout\(", r"model\.predict\(")
    code.sub(r"Dropout\(0\.\d\)", "Dropout(0.6)")
    code.sub(r"model\.predict\(x_test, verbose=0\)", "model(x_test, training=True).numpy()")


@fault("scoring", "wrong-weights-evaluated")
def first_weights_again(code: Code, rng: random.Random) -> None:
    """The file that is loaded after training was written before it."""
    code.need(r"^model\.fit")
    code.avoid("RingNet")
    code.before(r"^model\.fit", "model.save_weights('best.weights.h5')")
    code.at("trained", "model.load_weights('best.weights.h5')")


@fault("scoring", "wrong-weights-evaluated")
def another_model_scored(code: Code, rng: random.Random) -> None:
    """A fresh copy of the network is scored in the place of the trained one."""
    code.need(r"^model\.compile")
    code.avoid("RingNet")
    loss_and_metrics = "loss='mse'" if code.task in ("regression", "pixels", "several") else None
    if loss_and_metrics is None:
        found = code.text[code.text.index("model.compile(") :].partition("\n")[0]
        loss_and_metrics = found.partition("loss=")[2].removesuffix(")")
        loss_and_metrics = "loss=" + loss_and_metrics
    code.at("trained", f"model = {code.keras}.models.clone_model(model)", f"model.compile({loss_and_metrics})")
