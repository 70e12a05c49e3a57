import os
import tempfile

import numpy as np
import pandas as pd
import tensorflow as tf
from sklearn.preprocessing import StandardScaler

tf.keras.utils.set_random_seed(19)


def log_file():
    r = np.random.default_rng(19)
    n = 4000
    force = r.normal(850, 60, n)
    temp = r.normal(185, 9, n)
    dwell = r.normal(3.2, 0.4, n)
    moisture = r.gamma(5, 0.8, n)
    speed = r.normal(42, 6, n)
    z = (2.0 * np.abs(force - 850) / 60 + 1.2 * (185 - temp) / 9 + 0.9 * (moisture - 4) - 1.0 * (dwell - 3.2) / 0.4
         + 0.4 * (speed - 42) / 6 - 1.6)
    scrap = (z + r.logistic(0, 0.7, n) > 0).astype(int)
    f = pd.DataFrame({
        "timestamp": pd.date_range("2024-03-04", periods=n, freq="47s"),
        "part_no": r.integers(100000, 999999, n), "pallet": r.integers(1, 400, n), "operator": r.integers(1, 24, n),
        "tray": r.integers(1, 9, n), "box": r.integers(1, 120, n),
        "force": force, "temp": temp, "dwell": dwell, "moisture": moisture, "speed": speed, "scrap": scrap})
    name = os.path.join(tempfile.mkdtemp(), "press.csv")
    f.to_csv(name, index=False)
    return name


table = pd.read_csv(log_file(), parse_dates=["timestamp"])
X = table.iloc[:, 6:11].to_numpy("float32")
y = table.iloc[:, -1].to_numpy("float32")
X = StandardScaler().fit_transform(X)

data = tf.data.Dataset.from_tensor_slices((X, y)).shuffle(4000, seed=0, reshuffle_each_iteration=False)
test, train = data.take(800).batch(100), data.skip(800).shuffle(3200).batch(32)

model = tf.keras.Sequential([
    tf.keras.Input((5,)),
    tf.keras.layers.Dense(24, activation="tanh"),
    tf.keras.layers.Dense(24, activation="tanh"),
    tf.keras.layers.Dense(1, activation="sigmoid"),
])
model.compile("adam", "binary_crossentropy", metrics=["accuracy", "AUC"])
model.fit(train, validation_data=test, epochs=25, verbose=2)
print("scrap share", y.mean())
