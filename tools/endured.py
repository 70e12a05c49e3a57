"""The program that `bench_endurance.py` watches: trains for as many seconds as it is told, in every way that can last.

    python tools/endured.py SECONDS

Many short epochs of `fit` with callbacks and validation data, `predict` and scikit-learn scores after every epoch and
within it, batches by hand, a hand-written loop in eager mode and one in a `tf.function`, metrics that are reset, and
new models every fifty rounds.
"""

import gc
import sys
import time

import keras
import numpy as np
import tensorflow as tf
from sklearn.metrics import accuracy_score, f1_score, log_loss

UNTIL = time.monotonic() + float(sys.argv[1])
ROWS, COLUMNS, CLASSES = 600, 12, 3
keras.utils.set_random_seed(0)
draw = np.random.default_rng(0)
x = draw.normal(size=(ROWS, COLUMNS)).astype("float32")
y = (x @ draw.normal(size=(COLUMNS, CLASSES)) + 0.5 * draw.normal(size=(ROWS, CLASSES))).argmax(1)
x_train, y_train, x_test, y_test = x[:400], y[:400], x[400:], y[400:]


def network():
    """A small classifier, compiled."""
    layers = [keras.Input((COLUMNS,)), keras.layers.Dense(16, "relu"), keras.layers.Dense(CLASSES, "softmax")]
    model = keras.Sequential(layers)
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


class Scores(keras.callbacks.Callback):
    """Predicts and scores at every epoch's end, as many programs do."""

    def on_epoch_end(self, epoch, logs=None):
        """Score the test rows."""
        guessed = self.model.predict(x_test, verbose=0).argmax(1)
        logs["f1"] = f1_score(y_test, guessed, average="macro")


def by_fit(model):
    """Some epochs of `fit`, then what is done with a model after it."""
    model.fit(x_train, y_train, epochs=8, batch_size=64, validation_data=(x_test, y_test), verbose=0, callbacks=[Scores()])
    guessed = model.predict(x_test, verbose=0)
    model.evaluate(x_test, y_test, verbose=0)
    return accuracy_score(y_test, guessed.argmax(1)), log_loss(y_test, guessed)


def by_batch(model):
    """Twenty batches by hand."""
    for _ in range(20):
        at = draw.integers(0, len(x_train), 32)
        model.train_on_batch(x_train[at], y_train[at])


def by_hand(model, optimizer, loss, metric, compiled):
    """One epoch of a hand-written loop, over fresh data each time, with a metric that starts anew."""
    metric.reset_state()

    def step(rows, labels):
        with tf.GradientTape() as tape:
            value = loss(labels, model(rows, training=True))
        found = tape.gradient(value, model.trainable_variables)
        optimizer.apply_gradients(zip(found, model.trainable_variables, strict=True))
        return value

    chosen = compiled or step
    order = draw.permutation(len(x_train))
    for rows, labels in tf.data.Dataset.from_tensor_slices((x_train[order], y_train[order])).batch(64):
        chosen(rows, labels)
        metric.update_state(labels, model(rows))
    return float(metric.result())


def compiled_step(model, optimizer, loss):
    """The step as a `tf.function`."""

    @tf.function
    def step(rows, labels):
        with tf.GradientTape() as tape:
            value = loss(labels, model(rows, training=True))
        found = tape.gradient(value, model.trainable_variables)
        optimizer.apply_gradients(zip(found, model.trainable_variables, strict=True))
        return value

    return step


fitted, batched, looped, traced = network(), network(), network(), network()
loss, metric = keras.losses.SparseCategoricalCrossentropy(), keras.metrics.SparseCategoricalAccuracy()
optimizers = keras.optimizers.Adam(), keras.optimizers.Adam()
step = compiled_step(traced, optimizers[1], loss)
rounds = 0
while time.monotonic() < UNTIL:
    scores = by_fit(fitted)
    by_batch(batched)
    eager = by_hand(looped, optimizers[0], loss, metric, None)
    graph = by_hand(traced, optimizers[1], loss, metric, step)
    rounds += 1
    if rounds % 10 == 0:
        print(f"round {rounds}: accuracy {scores[0]:.3f}, loss {scores[1]:.3f}, eager {eager:.3f}, graph {graph:.3f}", flush=True)
    if rounds % 50 == 0:
        fitted, batched = network(), network()
        gc.collect()
print(f"{rounds} rounds", flush=True)
