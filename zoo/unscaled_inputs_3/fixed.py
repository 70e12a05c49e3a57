import numpy as np
import tensorflow as tf
from sklearn.metrics import r2_score

rng = np.random.default_rng(21)
year = rng.integers(1950, 2024, 1500)
km = rng.uniform(1000, 300000, 1500)
value = 20 - 0.00005 * km + 0.2 * (year - 1990) + rng.normal(0, 0.8, 1500)
value = (value - value.mean()) / value.std()
X = np.column_stack([(year - 1987) / 21, (km - 150000) / 86000]).astype("float32")
model = tf.keras.models.Sequential([
    tf.keras.layers.Input((2,)),
    tf.keras.layers.Dense(16, activation="relu"),
    tf.keras.layers.Dense(1),
])
model.compile(loss="mse", optimizer="sgd")
history = model.fit(X[:1200], value[:1200], epochs=25, batch_size=32, verbose=0)
print("first and last loss", history.history["loss"][0], history.history["loss"][-1])
print("r2", r2_score(value[1200:], np.nan_to_num(model.predict(X[1200:], verbose=0))))
