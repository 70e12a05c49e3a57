"""Faults in the network: head, activations, initial weights, size, what is trained."""

from __future__ import annotations

import random

from tools.inject.code import Code, UnfitError, fault

HIDDEN = r"(Dense\((?:UNITS|CODE)), activation='relu'"


@fault("head", "output-activation", "label-range")
def rectified_head(code: Code, rng: random.Random) -> None:
    """The last layer has a relu."""
    if code.task == "regression":
        code.sub(r"Dense\(1\)", "Dense(1, activation='relu')")
    else:
        code.sub(r"activation='(softmax|sigmoid)'(?=\)+[,\]]|\))", "activation='relu'")


@fault("head", "output-activation", "loss-mismatch")
def scores_as_chances(code: Code, rng: random.Random) -> None:
    """The last layer has no activation, the loss expects probabilities."""
    code.only("classes", "binary")
    code.sub(r", activation='(softmax|sigmoid)'", "")


@fault("head", "output-activation", "constant-loss", "loss-mismatch", "metric-mismatch", "output-units")
def softmax_of_one(code: Code, rng: random.Random) -> None:
    """A softmax over one unit is always 1."""
    code.only("binary")
    code.sub(r"activation='sigmoid'", "activation='softmax'")


@fault("head", "output-activation", "label-range")
def bounded_head(code: Code, rng: random.Random) -> None:
    """Targets of any sign, a head that stays between 0 and 1."""
    code.only("regression")
    code.sub(r"Dense\(1\)", f"Dense(1, activation='{rng.choice(['sigmoid', 'softmax', 'softplus'])}')")


@fault("head", "output-activation", "loss-mismatch")
def tanh_for_chances(code: Code, rng: random.Random) -> None:
    """A tanh where the loss expects a probability."""
    code.only("binary")
    code.sub(r"activation='sigmoid'", "activation='tanh'")


@fault("head", "output-units", "label-range", "output-activation", "loss-mismatch", "api-misuse")
def one_unit_for_classes(code: Code, rng: random.Random) -> None:
    """One output unit for several classes."""
    code.only("classes")
    if code.has("softmax"):
        code.sub(r"Dense\(\d+, activation='softmax'\)", "Dense(1, activation='sigmoid')")
        code.sub("'sparse_categorical_crossentropy'", "'binary_crossentropy'")
    else:
        code.sub(r"Dense\(3\)", "Dense(1)")


@fault("head", "output-units", "label-range", "api-misuse")
def a_class_too_few(code: Code, rng: random.Random) -> None:
    """The head has one unit less than there are classes."""
    code.only("classes")
    k = code.classes
    code.sub(rf"Dense\({k}(?=[,)])", f"Dense({k - 1}")


@fault("activations", "missing-nonlinearity", "underfitting")
def linear_throughout(code: Code, rng: random.Random) -> None:
    """No hidden layer has an activation."""
    code.avoid("LSTM")
    code.sub(r", activation='relu'", "")


def deepen(code: Code, activation: str, times: int) -> None:
    """Repeat the hidden dense layer with this activation."""
    code.sub(HIDDEN, rf"\1, activation='{activation}'")
    layer = f"{code.layers}Dense(UNITS, activation='{activation}')"
    if code.has(r"^h = .*Dense\(UNITS"):
        code.sub(r"^(h = .*Dense\(UNITS.*\)\(\w+\)\n)", lambda m: m[1] + f"h = {layer}(h)\n" * times, count=1)
    elif code.has("Sequential"):
        code.sub(rf"(?:[\w.]*)Dense\(UNITS, activation='{activation}'\), ", f"{layer}, " * (times + 1), count=1)
    else:
        raise UnfitError("depth")


@fault("activations", "vanishing-gradients", "saturating-activations", "too-large-model", "weight-initialization")
def deep_sigmoids(code: Code, rng: random.Random) -> None:
    """Many sigmoid layers."""
    deepen(code, "sigmoid", rng.choice([6, 8, 10]))


@fault("activations", "dead-units", "weight-initialization")
def drowned_units(code: Code, rng: random.Random) -> None:
    """A bias that keeps relu units at zero."""
    keras = code.keras
    value = rng.choice([-8.0, -15.0, -30.0])
    code.sub(HIDDEN, rf"\1, activation='relu', bias_initializer={keras}.initializers.Constant({value})")


@fault("weights", "weight-initialization", "dead-units", "vanishing-gradients")
def zero_start(code: Code, rng: random.Random) -> None:
    """All weights start at zero."""
    code.sub(r"(Dense\([^()]*?)(, name='\w+')?\)", r"\1, kernel_initializer='zeros'\2)")


@fault("weights", "weight-initialization", "exploding-gradients", "saturating-activations", "dead-units")
def huge_start(code: Code, rng: random.Random) -> None:
    """The initial weights are far too large."""
    spread = rng.choice([3.0, 8.0, 20.0])
    code.sub(r"(Dense\([^()]*?)(, name='\w+')?\)",
             rf"\1, kernel_initializer={code.keras}.initializers.RandomNormal(stddev={spread})\2)")  # fmt: skip


@fault("size", "too-small-model", "underfitting", "wrong-architecture")
def tiny_network(code: Code, rng: random.Random) -> None:
    """One unit in each hidden layer."""
    code.sub(r"^(UNITS|CODE|FILTERS) = \d+", r"\1 = 1")


@fault("trained", "frozen-layers", "disconnected-layers")
def frozen_body(code: Code, rng: random.Random) -> None:
    """The layers of the body are frozen, at their random weights."""
    code.avoid("GradientTape")
    lines = ["for layer in model.layers[:-1]:", "    layer.trainable = False"]
    code.before(r"^model\.compile", *lines) if rng.random() < 0.6 else code.before(r"^model\.compile", "model.trainable = False")


@fault("trained", "frozen-layers", "disconnected-layers")
def gradients_of_the_head(code: Code, rng: random.Random) -> None:
    """The loop updates some of the variables only."""
    code.need("GradientTape")
    part = rng.choice(["model.layers[-1].trainable_variables", "model.trainable_variables[-1:]"])
    code.sub(r"model\.trainable_variables", part)


@fault("trained", "disconnected-layers", "frozen-layers")
def gradient_stopped(code: Code, rng: random.Random) -> None:
    """A tensor is detached inside the network."""
    keras = code.keras
    if code.has(r"^        return self\.head\(h\)"):
        code.sub(r"self\.head\(h\)", f"self.head({keras}.ops.stop_gradient(h))")
    elif code.has(r"^(\w+) = .*Dense\(.*\)\(h\)\n"):
        code.sub(r"^(outputs|state) = (.*)\(h\)\n", rf"h = {keras}.ops.stop_gradient(h)\n\1 = \2(h)\n")
    else:
        code.sub(r"guess = tf\.squeeze\((model\(points, training=True\))", r"guess = tf.squeeze(tf.stop_gradient(\1)")


@fault("norm", "normalization-layers", "train-inference-gap")
def normalised_to_nothing(code: Code, rng: random.Random) -> None:
    """A layer normalisation over one unit leaves zero."""
    code.only("binary", "regression")
    code.need("Sequential")
    end = f", {code.layers}Activation('sigmoid')" if code.has("sigmoid") else ""
    code.sub(r"(Dense\(1)(, activation='sigmoid')?\)(?=\]\))", rf"\1), {code.layers}LayerNormalization(){end}")


@fault("norm", "train-inference-gap", "normalization-layers")
def slow_batch_statistics(code: Code, rng: random.Random) -> None:
    """The moving mean and variance of a batch normalisation hardly move."""
    code.need("Sequential")
    norm = f"{code.layers}BatchNormalization(momentum={rng.choice(['0.9999', '0.99995'])})"
    layer = r"(Dense\(UNITS, activation='relu'\))" if code.has(r"Dense\(UNITS") else r"(Conv1D\(FILTERS, 5, activation='relu'\))"
    code.sub(layer, rf"\1, {norm}", count=1)


@fault("shape", "wrong-architecture", "too-small-model", "underfitting")
def pooled_to_nothing(code: Code, rng: random.Random) -> None:
    """Pooling throws the signal away before it is read."""
    if code.has("MaxPooling2D"):
        code.sub(r"(Input\(\(8, 8, 1\)\)), ", r"\1, layers.AveragePooling2D(8), ")
        code.sub(r"layers\.MaxPooling2D\(2\), ", "")
    elif code.has("MaxPooling1D"):
        code.sub(r"(Input\(\(64, 1\)\)), ", r"\1, layers.AveragePooling1D(16), ")
        code.sub(r"layers\.MaxPooling1D\(2\), ", "")
        code.sub(r"Conv1D\((FILTERS), \d", r"Conv1D(\1, 2")
    else:
        code.sub(r"layers\.GlobalAveragePooling1D\(\)", "layers.Lambda(lambda v: v[:, -1])")


@fault("penalty", "regularization-too-strong", "underfitting")
def too_much_dropout(code: Code, rng: random.Random) -> None:
    """Nearly all units are dropped."""
    code.need("Sequential")
    rate = rng.choice(["0.9", "0.95", "0.98"])
    if code.has(r"Dropout\("):
        code.sub(r"Dropout\(0\.\d\)", f"Dropout({rate})")
    else:
        code.sub(r"(Dense\(UNITS, activation='relu'\)), ", rf"\1, {code.layers}Dropout({rate}), ")


@fault("penalty", "regularization-too-strong", "underfitting")
def too_much_l2(code: Code, rng: random.Random) -> None:
    """A penalty that outweighs the loss."""
    code.avoid("GradientTape")
    rate = rng.choice([0.3, 1.0, 3.0])
    code.sub(HIDDEN, rf"\1, activation='relu', kernel_regularizer={code.keras}.regularizers.L2({rate})")


@fault("size", "overfitting", "too-little-data", "too-large-model", by=0.04)
def learned_by_heart(code: Code, rng: random.Random) -> None:
    """A large network, few rows, many epochs."""
    code.avoid("hours", "x_train, x_train", "LSTM", "Conv2D")
    code.at("split", f"x_train, y_train = x_train[:{rng.choice([50, 80])}], y_train[:{rng.choice([50, 80])}]")
    code.sub(r"^UNITS = \d+", "UNITS = 192")
    code.sub(r"^EPOCHS = \d+", "EPOCHS = 70")
    code.sub(r"x_train\[:(\d+)\], y_train\[:\d+\]", r"x_train[:\1], y_train[:\1]")
