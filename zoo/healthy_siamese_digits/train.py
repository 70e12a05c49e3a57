import numpy as np
import keras
from keras import layers, ops
from sklearn.datasets import load_digits

rng = np.random.default_rng(3)
d = load_digits()
x, y = (d.data / 16).astype("float32"), d.target
idx = rng.permutation(len(x))
tr, te = idx[:1300], idx[1300:]


def make_pairs(rows, n):
    by_class = {c: rows[y[rows] == c] for c in range(10)}
    left, right, same = [], [], []
    for i in range(n):
        c = rng.integers(10)
        other = c if i % 2 else (c + rng.integers(1, 10)) % 10
        left.append(rng.choice(by_class[c]))
        right.append(rng.choice(by_class[other]))
        same.append(float(c == other))
    return x[left], x[right], np.array(same, "float32")


a, b, s = make_pairs(tr, 4000)
av, bv, sv = make_pairs(te, 800)
base = keras.Sequential([keras.Input((64,)), layers.Dense(64, activation="relu"), layers.Dense(16)])
in1, in2 = keras.Input((64,)), keras.Input((64,))
e1, e2 = base(in1), base(in2)
distance = layers.Lambda(lambda t: ops.sqrt(ops.maximum(ops.sum(ops.square(t[0] - t[1]), axis=1, keepdims=True), 1e-7)),
                         output_shape=(1,))([e1, e2])
siamese = keras.Model([in1, in2], distance)


def contrastive(y_true, y_pred, margin=1.0):
    y_true = ops.cast(ops.reshape(y_true, (-1, 1)), y_pred.dtype)
    return ops.mean(y_true * ops.square(y_pred) + (1 - y_true) * ops.square(ops.maximum(margin - y_pred, 0)))


def pair_accuracy(y_true, y_pred):
    close = ops.cast(y_pred < 0.5, "float32")
    return ops.mean(ops.cast(ops.equal(ops.reshape(y_true, (-1, 1)), close), "float32"))


siamese.compile(optimizer="adam", loss=contrastive, metrics=[pair_accuracy])
siamese.fit([a, b], s, validation_data=([av, bv], sv), epochs=15, batch_size=64, verbose=2)
