import numpy as np
import tensorflow as tf
import keras
from keras import layers
from sklearn.metrics import precision_score, recall_score, accuracy_score


def build(n_in):
    m = keras.Sequential([layers.Input((n_in,))])
    for u in (32, 16):
        m.add(layers.Dense(u))
        m.add(layers.BatchNormalization(momentum=0.9))
        m.add(layers.ReLU())
    m.add(layers.Dense(1))
    return m


def fit(model, x, y, epochs, rng):
    opt = keras.optimizers.Adam(2e-3)
    lossf = keras.losses.BinaryCrossentropy(from_logits=True)

    @tf.function(reduce_retracing=True)
    def step(a, b):
        with tf.GradientTape() as tape:
            loss = lossf(b, model(a, training=True))
        opt.apply_gradients(zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables))
        return loss

    for e in range(epochs):
        o = rng.permutation(len(x))
        l = np.mean([step(tf.constant(x[o[i:i + 64]]), tf.constant(y[o[i:i + 64], None])).numpy() for i in range(0, len(x), 64)])
        print("epoch", e + 1, "loss", round(float(l), 4))


def inspect(model, parts):
    """parts arrive one after the other on the belt"""
    run = tf.function(lambda a: model(a, training=False))
    return np.array([run(tf.constant(p[None])).numpy()[0, 0] > 0 for p in parts])


if __name__ == "__main__":
    keras.utils.set_random_seed(92)
    rng = np.random.default_rng(92)
    n = 4500
    dims = rng.normal(0, 1, (n, 6))
    gloss = rng.beta(5, 2, n)
    dev = np.abs(dims[:, :3]).max(1) + 0.6 * np.abs(dims[:, 3] - dims[:, 4]) - 1.5 * (gloss - 0.7)
    y = (dev + rng.normal(0, 0.2, n) > 2.4).astype("float32")
    x = np.c_[dims, gloss * 4].astype("float32")
    model = build(7)
    fit(model, x[:3500], y[:3500], 25, rng)
    bad = inspect(model, x[3500:])
    t = y[3500:] > 0
    print("share of rejects", t.mean(), "accuracy", accuracy_score(t, bad))
    print("precision", precision_score(t, bad, zero_division=0), "recall", recall_score(t, bad))
