import numpy as np
import keras
from keras import layers, ops
from sklearn.datasets import load_digits

keras.utils.set_random_seed(2)
rng = np.random.default_rng(2)
d = load_digits()
imgs = (d.images / 16.0).astype("float32")
perm = rng.permutation(len(imgs))
imgs, digit = imgs[perm], d.target[perm]


def make_pairs(lo, hi, n):
    a = rng.integers(lo, hi, n)
    b = np.empty(n, int)
    same = rng.integers(0, 2, n)
    for i in range(n):
        pool = np.arange(lo, hi)
        b[i] = rng.choice(pool[(digit[lo:hi] == digit[a[i]]) == bool(same[i])])
    return np.stack([imgs[a], imgs[b]], axis=1), same.astype("float32")


pairs_train, y_train = make_pairs(0, 1400, 6000)
pairs_test, y_test = make_pairs(1400, len(imgs), 1000)

encoder = keras.Sequential([
    keras.Input((8, 8)),
    layers.Flatten(),
    layers.Dense(96, activation="relu"),
    layers.Dropout(0.2),
    layers.Dense(32),
])
left, right = keras.Input((8, 8)), keras.Input((8, 8))
diff = layers.Lambda(lambda t: ops.abs(t[0] - t[1]))([encoder(left), encoder(right)])
out = layers.Dense(1, activation="sigmoid")(diff)
siamese = keras.Model([left, right], out)
siamese.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
siamese.fit([pairs_train[:, 0], pairs_train[:, 1]], y_train,
            validation_data=([pairs_test[:, 0], pairs_test[:, 1]], y_test),
            epochs=15, batch_size=64, verbose=2)
print(siamese.evaluate([pairs_test[:, 0], pairs_test[:, 1]], y_test, verbose=0))
