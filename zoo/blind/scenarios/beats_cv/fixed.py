"""3-fold cross-validation of a beat classifier (one row = one heart beat of 64 samples)."""
import numpy as np
import pandas as pd
from sklearn.model_selection import GroupKFold
import keras
from keras import layers

keras.utils.set_random_seed(8)
rng = np.random.default_rng(8)
T = np.arange(64)


def bump(center, width):
    return np.exp(-0.5 * ((T - center) / width) ** 2)


rows, meta = [], []
for pid in range(90):
    sick = int(rng.random() < 0.5)
    shape = (bump(28 + rng.normal(0, 1.5), 2.0) * rng.normal(1.2, 0.2)
             - bump(33 + rng.normal(0, 1.5), 2.5) * rng.normal(0.4, 0.15)
             + bump(14 + rng.normal(0, 2), 3.5) * rng.normal(0.25, 0.12)
             + bump(48 + rng.normal(0, 3), 5.5) * rng.normal(0.45 - 0.25 * sick, 0.16))
    wander = rng.normal(0, 0.12) * np.sin(T / rng.uniform(6, 20)) + rng.normal(0, 0.12) * np.cos(T / rng.uniform(3, 9))
    for _ in range(30):
        rows.append(shape + wander + rng.normal(0, 0.08, 64))
        meta.append((pid, sick))
X = np.asarray(rows, "float32")
meta = pd.DataFrame(meta, columns=["patient", "sick"])
y = meta["sick"].to_numpy()


def build():
    inp = keras.Input((64,))
    h = layers.Dense(64, activation="relu")(inp)
    h = layers.Dense(32, activation="relu")(h)
    out = layers.Dense(1, activation="sigmoid")(h)
    m = keras.Model(inp, out)
    m.compile("adam", "binary_crossentropy", metrics=["accuracy"])
    return m


scores = []
cv = GroupKFold(n_splits=3)
for fold, (a, b) in enumerate(cv.split(X, y, groups=meta["patient"])):
    mu, sd = X[a].mean(0), X[a].std(0)
    model = build()
    stop = keras.callbacks.EarlyStopping(monitor="val_loss", patience=4, restore_best_weights=True)
    model.fit((X[a] - mu) / sd, y[a], validation_data=((X[b] - mu) / sd, y[b]),
              epochs=15, batch_size=128, callbacks=[stop], verbose=0)
    loss, acc = model.evaluate((X[b] - mu) / sd, y[b], verbose=0)
    print(f"fold {fold}: loss {loss:.3f}  accuracy {acc:.3f}")
    scores.append(acc)
print("mean accuracy", np.mean(scores))
