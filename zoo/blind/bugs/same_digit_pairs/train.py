import numpy as np
import keras
from keras import layers, ops
from sklearn.datasets import load_digits
from sklearn.metrics import roc_auc_score

keras.utils.set_random_seed(81)
rng = np.random.default_rng(81)
X, y = load_digits(return_X_y=True)
X = (X / 16.).astype('float32').reshape(-1, 8, 8, 1)
perm = rng.permutation(len(X))
X, y = X[perm], y[perm]


def pairs(lo, hi, n):
    pool = {c: np.where(y[lo:hi] == c)[0] + lo for c in range(10)}
    a, b, t = [], [], []
    for _ in range(n):
        i = rng.integers(lo, hi)
        if rng.random() < .5:
            j, same = rng.choice(pool[y[i]]), 1.
        else:
            c = (y[i] + rng.integers(1, 10)) % 10
            j, same = rng.choice(pool[c]), 0.
        a.append(X[i]); b.append(X[j]); t.append(same)
    return np.array(a), np.array(b), np.array(t, 'float32')


def contrastive(margin=1.0):
    def loss(t, d):
        return ops.mean(t * ops.square(d) + (1 - t) * ops.square(ops.maximum(margin - d, 0.)))
    return loss


def close_is_same(t, d):
    return ops.mean(ops.equal(t, ops.cast(d < .5, 'float32')))


tower_in = keras.Input((8, 8, 1))
h = layers.Conv2D(16, 3, activation='relu', padding='same')(tower_in)
h = layers.MaxPooling2D()(h)
h = layers.Conv2D(32, 3, activation='relu', padding='same')(h)
h = layers.Flatten()(h)
h = layers.Dense(64, activation='relu')(h)
tower = keras.Model(tower_in, layers.Dense(16)(h))

left, right = keras.Input((8, 8, 1)), keras.Input((8, 8, 1))
dist = layers.Lambda(lambda v: ops.sqrt(ops.sum(ops.square(v[0] - v[1]), axis=1, keepdims=True) + 1e-9))([tower(left), tower(right)])
siam = keras.Model([left, right], dist)
siam.compile(optimizer=keras.optimizers.Adam(1e-3), loss=contrastive(), metrics=[close_is_same])

a, b, t = pairs(0, 1300, 8000)
va, vb, vt = pairs(1300, len(X), 1500)
siam.fit([a, b], t[:, None], batch_size=64, epochs=8, validation_data=([va, vb], vt[:, None]), verbose=2)
d = siam.predict([va, vb], verbose=0).ravel()
print('auc', roc_auc_score(vt, -d), 'accuracy', ((d < .5) == vt).mean())
