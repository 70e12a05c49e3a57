"""Models and ways to train them, as small as they come: name -> (build, compile, data, fit) for the identity test."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import keras
import numpy as np
import tensorflow as tf
from keras import layers

SCCE = "sparse_categorical_crossentropy"
BATCH = 16


def data(rows: int = 160) -> tuple[np.ndarray, np.ndarray]:
    """Eight features, three classes."""
    r = np.random.default_rng(0)
    x = r.normal(size=(rows, 8)).astype("float32")
    return x, (x[:, 0] > 0).astype("int32") + (x[:, 1] > 0.5).astype("int32")


def sequential() -> Any:
    """Dense, batch statistics, dropout."""
    return keras.Sequential([
        layers.Input((8,)), layers.Dense(16, activation="relu"), layers.BatchNormalization(), layers.Dropout(0.3),
        layers.Dense(3, activation="softmax"),
    ])  # fmt: skip


def shared() -> Any:
    """A layer used twice."""
    i = layers.Input((8,))
    d = layers.Dense(8, activation="tanh")
    return keras.Model(i, layers.Dense(3, activation="softmax")(layers.add([d(i), d(d(i))])))


class Sub(keras.Model):
    """A subclassed model with noise."""

    def __init__(self) -> None:
        super().__init__()
        self.a = layers.Dense(16, activation="relu")
        self.n = layers.GaussianNoise(0.1)
        self.b = layers.Dense(3, activation="softmax")

    def call(self, x: Any, training: Any = None) -> Any:
        """Forward."""
        return self.b(self.n(self.a(x), training=training))


class OwnStep(Sub):
    """An own train_step."""

    def train_step(self, batch: Any) -> Any:
        """One step."""
        x, y = batch
        with tf.GradientTape() as tape:
            p = self(x, training=True)
            loss = self.compute_loss(x, y, p)
        variables = self.trainable_variables
        self.optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables, strict=True))
        return {"loss": loss}


class RawRandom(Sub):
    """A stateful random kernel inside the step: a second graph would draw other numbers."""

    def call(self, x: Any, training: Any = None) -> Any:
        """Forward."""
        return super().call(x + tf.random.normal(tf.shape(x), stddev=0.1), training=training)


class Printing(Sub):
    """An operation with an effect."""

    def call(self, x: Any, training: Any = None) -> Any:
        """Forward."""
        tf.print("step", output_stream="file:///dev/null")
        return super().call(x, training=training)


class Gan(keras.Model):
    """Two optimizers, two tapes, no loss in compile."""

    def __init__(self) -> None:
        super().__init__()
        self.g = keras.Sequential([layers.Input((4,)), layers.Dense(8, activation="relu"), layers.Dense(8)])
        self.d = keras.Sequential([layers.Input((8,)), layers.Dense(8, activation="relu"), layers.Dense(1)])
        self.seeds = keras.random.SeedGenerator(3)
        self.opt_g, self.opt_d = keras.optimizers.Adam(1e-3), keras.optimizers.Adam(1e-3)

    def call(self, x: Any) -> Any:
        """Forward."""
        return self.d(x)

    def train_step(self, batch: Any) -> Any:
        """One step of each."""
        x = batch[0] if isinstance(batch, tuple) else batch
        z = keras.random.normal((BATCH, 4), seed=self.seeds)
        with tf.GradientTape() as tape:
            real, fake = self.d(x), self.d(self.g(z))
            loss = tf.reduce_mean(tf.nn.softplus(-real)) + tf.reduce_mean(tf.nn.softplus(fake))
        self.opt_d.apply(tape.gradient(loss, self.d.trainable_variables), self.d.trainable_variables)
        with tf.GradientTape() as tape:
            other = tf.reduce_mean(tf.nn.softplus(-self.d(self.g(z))))
        self.opt_g.apply(tape.gradient(other, self.g.trainable_variables), self.g.trainable_variables)
        return {"loss": loss, "g": other}


def multi() -> Any:
    """Two outputs by name."""
    i = layers.Input((8,))
    h = layers.Dense(16, activation="relu")(i)
    return keras.Model(i, {"a": layers.Dense(3, activation="softmax", name="a")(h), "b": layers.Dense(1, name="b")(h)})


def recurrent() -> Any:
    """A while loop in the step."""
    return keras.Sequential([
        layers.Input((8,)), layers.Reshape((8, 1)), layers.LSTM(6, dropout=0.2), layers.Dense(3, activation="softmax"),
    ])  # fmt: skip


def embedded() -> Any:
    """Sparse gradients."""
    return keras.Sequential([
        layers.Input((8,)), layers.Embedding(20, 6), layers.GlobalAveragePooling1D(),
        layers.Dense(3, activation="softmax"),
    ])  # fmt: skip


def nested() -> Any:
    """A model in a model, partly frozen, with a penalty and a constraint."""
    inner = keras.Sequential([layers.Dense(16, activation="relu", kernel_regularizer="l2"), layers.Dense(8)])
    i = layers.Input((8,))
    model = keras.Model(i, layers.Dense(3, activation="softmax", kernel_constraint="max_norm")(inner(i)))
    inner.layers[1].trainable = False
    return model


def convolution() -> Any:
    """Convolution and pooling."""
    return keras.Sequential([
        layers.Input((8,)), layers.Reshape((8, 1)), layers.Conv1D(6, 3, activation="relu"), layers.MaxPooling1D(),
        layers.Flatten(), layers.Dense(3, activation="softmax"),
    ])  # fmt: skip


def unbuilt() -> Any:
    """Built by its first batch."""
    return keras.Sequential([layers.Dense(8, activation="relu"), layers.Dropout(0.2), layers.Dense(3, activation="softmax")])


def mixed(policy: str) -> Any:
    """The sequential model under another precision."""

    def build() -> Any:
        before = keras.config.dtype_policy()
        keras.config.set_dtype_policy(policy)
        try:
            return sequential()
        finally:
            keras.config.set_dtype_policy(before)

    return build


@dataclass
class Kind:
    """One row of the matrix. `measured` is what the taps are expected to give."""

    build: Any = sequential
    compile: dict[str, Any] = field(default_factory=dict)
    fit: dict[str, Any] = field(default_factory=dict)
    data: Any = None
    measured: bool = True
    placed: bool = True


def adam(**given: Any) -> Any:
    """A fresh optimizer per run."""
    return lambda: keras.optimizers.Adam(1e-2, **given)


def schedule() -> Any:
    """A learning rate that decays per step."""
    return keras.optimizers.SGD(keras.optimizers.schedules.ExponentialDecay(0.1, 10, 0.9), momentum=0.9)


def dataset(x: np.ndarray, y: np.ndarray) -> tuple[Any, ...]:
    """A tf.data pipeline with a random order of its own."""
    return (tf.data.Dataset.from_tensor_slices((x, y)).shuffle(50, seed=4).batch(BATCH),)


def ids(x: np.ndarray, y: np.ndarray) -> tuple[Any, ...]:
    """Word numbers."""
    return (np.abs(x * 5).astype("int32") % 20, y)


def generator(x: np.ndarray, y: np.ndarray) -> tuple[Any, ...]:
    """A Python generator without end."""

    def batches() -> Any:
        while True:
            for i in range(0, len(x), BATCH):
                yield x[i : i + BATCH], y[i : i + BATCH]

    return (batches(),)


KINDS = {
    "sequential": Kind(),
    "last-batch-short": Kind(data=lambda x, y: (x[:-5], y[:-5])),
    "shared": Kind(shared),
    "subclassed": Kind(Sub),
    "own-step": Kind(OwnStep, {"metrics": None}),
    "raw-random": Kind(RawRandom),
    "printing": Kind(Printing, measured=False),
    "gan": Kind(Gan, {"optimizer": None, "loss": None, "metrics": None}, data=lambda x, y: (x,)),
    "multi-output": Kind(multi, {"loss": {"a": SCCE, "b": "mse"}, "metrics": None},
                         data=lambda x, y: (x, {"a": y, "b": y.astype("float32")})),
    "recurrent": Kind(recurrent),
    "sparse-gradients": Kind(embedded, data=ids),
    "nested-frozen": Kind(nested),
    "convolution": Kind(convolution),
    "unbuilt": Kind(unbuilt),
    "mixed-float16": Kind(mixed("mixed_float16")),
    "mixed-bfloat16": Kind(mixed("mixed_bfloat16")),
    "jit": Kind(compile={"jit_compile": True}),
    "eager": Kind(compile={"run_eagerly": True}),
    "steps-per-execution": Kind(compile={"steps_per_execution": 4}),
    "steps-per-execution-dataset": Kind(compile={"steps_per_execution": 3}, data=dataset),
    "clip": Kind(compile={"optimizer": adam(global_clipnorm=0.1)}),
    "accumulation": Kind(compile={"optimizer": adam(gradient_accumulation_steps=4)}),
    "loss-scale-factor": Kind(compile={"optimizer": adam(loss_scale_factor=128.0)}),
    "average-weights": Kind(compile={"optimizer": adam(use_ema=True)}),
    "rate-schedule": Kind(compile={"optimizer": schedule}),
    "dataset": Kind(data=dataset),
    "generator": Kind(data=generator, fit={"steps_per_epoch": 10}),
    "validation-split": Kind(fit={"validation_split": 0.2}),
    "class-weight": Kind(fit={"class_weight": {0: 1.0, 1: 5.0, 2: 9.0}}),
}  # fmt: skip


def train(kind: Kind, epochs: int = 2) -> tuple[Any, dict[str, list[float]]]:
    """Build, compile and fit; (model, history)."""
    keras.utils.set_random_seed(3)
    model = kind.build()
    given: dict[str, Any] = {"optimizer": adam(), "loss": SCCE, "metrics": ["accuracy"], **kind.compile}
    if callable(given["optimizer"]):
        given["optimizer"] = given["optimizer"]()
    model.compile(**{k: v for k, v in given.items() if v is not None or k == "loss"})
    x, y = data()
    arguments = kind.data(x, y) if kind.data else (x, y)
    extra = {"batch_size": BATCH} if isinstance(arguments[0], np.ndarray) else {}
    found = model.fit(*arguments, epochs=epochs, verbose=0, **extra, **kind.fit)
    return model, found.history
