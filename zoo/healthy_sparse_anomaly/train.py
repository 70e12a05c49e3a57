import keras
import numpy as np
from keras import layers
from sklearn.metrics import roc_auc_score

rng = np.random.default_rng(84)
t = np.arange(40)


def windows(n):
    return np.stack([np.sin(t / 4 + rng.uniform(0, 6.3)) * rng.uniform(0.7, 1.3) + rng.normal(0, 0.08, 40) for _ in range(n)]).astype("float32")[..., None]


normal, fresh, broken = windows(1500), windows(200), windows(60)
for w in broken:
    s = rng.integers(5, 30)
    w[s:s + 6] += rng.choice([-1.2, 1.2])
model = keras.Sequential([
    keras.Input((40, 1)),
    layers.Conv1D(16, 5, strides=2, padding="same", activation="relu"),
    layers.Conv1D(8, 5, strides=2, padding="same", activation="relu"),
    layers.Conv1DTranspose(8, 5, strides=2, padding="same", activation="relu"),
    layers.Conv1DTranspose(16, 5, strides=2, padding="same", activation="relu"),
    layers.Conv1D(1, 5, padding="same"),
])
model.compile(keras.optimizers.Adam(0.003), "mae")
stopper = keras.callbacks.EarlyStopping(patience=5, restore_best_weights=True)
model.fit(normal, normal, validation_split=0.1, epochs=15, batch_size=64, callbacks=[stopper], verbose=2)
both = np.concatenate([fresh, broken])
score = np.abs(model.predict(both, verbose=0) - both).max(axis=(1, 2))
print("AUC", roc_auc_score(np.r_[np.zeros(200), np.ones(60)], score))
