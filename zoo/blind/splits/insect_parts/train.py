import os
import tempfile
from pathlib import Path

import numpy as np
import keras
from keras import layers, ops

keras.utils.set_random_seed(8)
work = Path(tempfile.mkdtemp())
g = np.random.default_rng(8)

# wing-beat recordings, one file per trap week
base_hz = np.array([220, 300, 395, 480, 600, 710])
weekly = [[.3, .3, .2, .2, 0, 0], [.2, .3, .2, .2, .1, 0], [.2, .2, .3, .2, .1, 0], [.2, .2, .2, .2, .2, 0],
          [.1, .2, .2, .2, .3, 0], [.1, .1, .1, .1, .1, .5]]


def beats(species, n=128, rate=4000):
    t = np.arange(n) / rate
    f = base_hz[species] * g.normal(1, 0.05)
    ph = g.uniform(0, 6.28, 3)
    s = sum(a * np.sin(2 * np.pi * f * (k + 1) * t + ph[k]) for k, a in enumerate(g.uniform([.6, .2, .05], [1, .6, .4])))
    return s + g.normal(0, 0.5, n)


for w, p in enumerate(weekly):
    lab = g.choice(6, 500, p=p)
    np.savez(work / f"week{w}.npz", wave=np.stack([beats(k) for k in lab]).astype("float32"), species=lab)

files = sorted(work.glob("week*.npz"))
parts = [(d["wave"], d["species"]) for d in map(np.load, files)]
spec = lambda w: np.log1p(np.abs(np.fft.rfft(w * np.hanning(128), axis=1))).astype("float32")

X_train = np.concatenate([spec(w) for w, s in parts[:-1]])
y_train = np.concatenate([s for w, s in parts[:-1]])
X_test, y_test = spec(parts[-1][0]), parts[-1][1]

inp = layers.Input((65,))
x = layers.Reshape((65, 1))(inp)
x = layers.Conv1D(16, 5, activation="relu")(x)
x = layers.Flatten()(x)
x = layers.Dropout(0.3)(x)
x = layers.Dense(48, activation="relu")(x)
out = layers.Dense(6, activation="softmax")(x)
model = keras.Model(inp, out)
model.compile(optimizer=keras.optimizers.Adam(1e-3), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(X_train, y_train, validation_data=(X_test, y_test), epochs=14, batch_size=32, verbose=2)

p = np.argmax(model.predict(X_test, verbose=0), axis=1)
for k in range(6):
    rows = y_test == k
    print("species %d: %3d rows, recall %.2f" % (k, rows.sum(), (p[rows] == k).mean()))
