import os
import tempfile
import numpy as np
import pandas as pd
import keras

keras.utils.set_random_seed(123)
rng = np.random.default_rng(123)
folder = tempfile.mkdtemp()
labels = rng.integers(0, 3, 900)
for i, k in enumerate(labels):
    im = rng.normal(0.3, 0.15, (12, 12))
    if k == 0:
        im[rng.integers(1, 10):, :] += 0.3
    elif k == 1:
        im[:, rng.integers(1, 10):] += 0.3
    else:
        im += 0.3 * np.eye(12)
    np.save(os.path.join(folder, f"img_{i}.npy"), im.astype("float32"))
pd.DataFrame({"id": np.arange(900), "label": labels}).to_csv(os.path.join(folder, "labels.csv"), index=False)

# ---- load ----
table = pd.read_csv(os.path.join(folder, "labels.csv"))
files = [f"img_{i}.npy" for i in table["id"]]
X = np.stack([np.load(os.path.join(folder, f)) for f in files])[..., None]
y = table["label"].values
print(X.shape, y.shape)
model = keras.Sequential([
    keras.layers.Input((12, 12, 1)),
    keras.layers.Conv2D(16, 3, activation="relu"),
    keras.layers.MaxPooling2D(),
    keras.layers.Flatten(),
    keras.layers.Dense(32, activation="relu"),
    keras.layers.Dense(3, activation="softmax"),
])
model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(X, y, epochs=15, batch_size=32, validation_split=0.2, verbose=2)
