import keras
import numpy as np
from keras import layers, ops
from sklearn.datasets import load_digits

keras.utils.set_random_seed(29)
np.random.seed(29)
digits = load_digits()
imgs = digits.data.astype("float32") / 16
lab = digits.target
perm = np.random.permutation(len(imgs))
imgs, lab = imgs[perm], lab[perm]


def make_pairs(x, y, per_image=2):
    by_class = [np.where(y == c)[0] for c in range(10)]
    left, right, same = [], [], []
    for i in range(len(x)):
        for _ in range(per_image):
            left.append(x[i]); right.append(x[np.random.choice(by_class[y[i]])]); same.append(1.0)
            other = (y[i] + np.random.randint(1, 10)) % 10
            left.append(x[i]); right.append(x[np.random.choice(by_class[other])]); same.append(0.0)
    pairs = np.stack([np.array(left), np.array(right)], axis=1)
    same = np.array(same, dtype="float32")
    order = np.random.permutation(len(pairs))
    return pairs[order], same[order]


pairs_tr, same_tr = make_pairs(imgs[:1300], lab[:1300])
pairs_te, same_te = make_pairs(imgs[1300:], lab[1300:], 1)

tower = keras.Sequential([layers.Input((64,)), layers.Dense(64, activation="relu"), layers.Dense(32, activation="relu"), layers.Dense(16)])
a, b = keras.Input((64,)), keras.Input((64,))
gap = layers.Lambda(lambda t: ops.abs(t[0] - t[1]), output_shape=(16,))([tower(a), tower(b)])
model = keras.Model([a, b], layers.Dense(1, activation="sigmoid")(gap))
model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
model.fit([pairs_tr[:, 0], pairs_tr[:, 1]], same_tr, batch_size=64, epochs=15, verbose=2,
          validation_data=([pairs_te[:, 0], pairs_te[:, 1]], same_te))
