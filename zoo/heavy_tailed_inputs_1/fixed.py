import numpy as np
import tensorflow as tf
from sklearn.preprocessing import MinMaxScaler

rng = np.random.default_rng(18)
n = 4000
bytes_sent = rng.lognormal(8, 2.5, n)
bytes_received = rng.lognormal(9, 2.5, n)
duration = rng.lognormal(1, 2.0, n)
score = (np.log(bytes_sent) - 8) / 2.5 - (np.log(bytes_received) - 9) / 2.5 + 0.5 * (np.log(duration) - 1) / 2
label = (score + rng.normal(0, 0.2, n) > 0).astype("float32")

flows = np.log(np.column_stack([bytes_sent, bytes_received, duration]))
scaler = MinMaxScaler()
X_train = scaler.fit_transform(flows[:3200])
X_test = scaler.transform(flows[3200:])

model = tf.keras.Sequential([
    tf.keras.layers.Input((3,)),
    tf.keras.layers.Dense(32, activation="relu"),
    tf.keras.layers.Dense(16, activation="relu"),
    tf.keras.layers.Dense(1, activation="sigmoid"),
])
model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
model.fit(X_train, label[:3200], epochs=15, batch_size=32, validation_data=(X_test, label[3200:]), verbose=2)
