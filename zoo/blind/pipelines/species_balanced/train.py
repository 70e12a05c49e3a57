import numpy as np
import keras
from keras import layers
from sklearn.metrics import classification_report
from sklearn.preprocessing import StandardScaler

keras.utils.set_random_seed(27)
rng = np.random.default_rng(27)

names = ["ash", "beech", "fir", "larch", "maple", "oak", "pine", "spruce"]
mean = rng.normal(0, 1.5, (8, 12))
counts = [900, 700, 400, 300, 500, 650, 450, 350]
x = np.concatenate([mean[k] + rng.normal(0, 1.35, (c, 12)) @ np.diag(rng.uniform(0.7, 1.3, 12)) for k, c in enumerate(counts)])
y = np.repeat(np.arange(8), counts)
x[:, 3] = x[:, 3] * 40 + 300

perm = rng.permutation(len(x))
x, y = x[perm], y[perm]
x_pool, y_pool = x[:3200], y[:3200]
x_test, y_test = x[3200:], y[3200:]

# the same number of plots for each species
per_class, picked = 200, []
for c in range(1, len(names)):
    rows = np.flatnonzero(y_pool == c)
    picked.append(rng.choice(rows, min(per_class, len(rows)), replace=False))
picked = rng.permutation(np.concatenate(picked))

scaler = StandardScaler().fit(x_pool[picked])
model = keras.Sequential([layers.Input((12,)), layers.Dense(48, activation="relu"), layers.Dense(8, activation="softmax")])
model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(scaler.transform(x_pool[picked]), y_pool[picked], epochs=30, batch_size=32,
          validation_data=(scaler.transform(x_test), y_test), verbose=2)
print(classification_report(y_test, model.predict(scaler.transform(x_test), verbose=0).argmax(1),
                            target_names=names, labels=range(8), zero_division=0))
