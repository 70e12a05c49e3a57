import numpy as np
import pandas as pd
import keras
from keras import layers
from sklearn.model_selection import train_test_split

keras.utils.set_random_seed(13)
rng = np.random.default_rng(13)


def clinic(first_id, n_patients, walks=9):
    rows = []
    for pid in range(first_id, first_id + n_patients):
        ill = pid % 2
        own = rng.normal(0, 1.0, 14)
        own[:4] += 1.0 * ill
        for _ in range(walks):
            rows.append(np.r_[pid, ill, own + rng.normal(0, 0.28, 14)])
    return pd.DataFrame(rows, columns=["patient", "ill"] + ["s%02d" % k for k in range(14)])


df = clinic(0, 240)
new = clinic(1000, 120)
sensors = [c for c in df.columns if c.startswith("s")]

x, y = df[sensors].values, df["ill"].values
train_idx, val_idx = train_test_split(np.arange(len(df)), test_size=0.25, random_state=0)

model = keras.Sequential([
    layers.Input((len(sensors),)),
    layers.Dense(96, activation="relu"),
    layers.Dropout(0.1),
    layers.Dense(64, activation="relu"),
    layers.Dense(1, activation="sigmoid"),
])
model.compile(keras.optimizers.Adam(8e-4), "binary_crossentropy", metrics=["accuracy"])
model.fit(x[train_idx], y[train_idx], validation_data=(x[val_idx], y[val_idx]), epochs=40, batch_size=32, verbose=2,
          callbacks=[keras.callbacks.EarlyStopping("val_loss", patience=5, restore_best_weights=True)])
print("validation accuracy", model.evaluate(x[val_idx], y[val_idx], verbose=0)[1])
print("patients of the second clinic", model.evaluate(new[sensors].values, new["ill"].values, verbose=0)[1])
