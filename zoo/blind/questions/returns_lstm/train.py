import numpy as np
import pandas as pd
import tensorflow as tf
from tensorflow.keras import layers

tf.keras.utils.set_random_seed(6)
rng = np.random.default_rng(6)
days = 1500
traffic = pd.Series(np.round(200 + 80 * np.sin(np.arange(days) * 2 * np.pi / 7) + rng.normal(0, 15, days)))
traffic[rng.choice(days, 6, replace=False)] = 0          # server down
frame = pd.DataFrame({"visits": traffic, "change": traffic.pct_change()})
frame = frame.fillna(0)
frame["visits"] = frame["visits"] / 300

W = 14
values = frame.to_numpy("float32")
X = np.stack([values[i:i + W] for i in range(days - W)])
y = values[W:, 0]
split = 1200
model = tf.keras.Sequential([
    layers.Input((W, 2)),
    layers.LSTM(24),
    layers.Dense(1),
])
model.compile("adam", "mse", metrics=["mae"])
model.fit(X[:split], y[:split], validation_data=(X[split:], y[split:]), epochs=12, batch_size=32, verbose=2)
print("first forecasts", model.predict(X[split:split + 5], verbose=0).ravel(), "real", y[split:split + 5])
