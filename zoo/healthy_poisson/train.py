import numpy as np
import pandas as pd
import tensorflow as tf
from sklearn.linear_model import PoissonRegressor

rng = np.random.default_rng(33)
n = 4000
frame = pd.DataFrame({"exposure": rng.uniform(0.2, 1, n), "age": rng.uniform(18, 80, n), "power": rng.integers(3, 12, n)})
rate = np.exp(0.4 + 1.5 * frame.exposure - 0.02 * (frame.age - 40) + 0.08 * frame.power)
frame["claims"] = rng.poisson(rate)
cols = ["exposure", "age", "power"]
X = ((frame[cols] - frame[cols].mean()) / frame[cols].std()).values
y = frame["claims"].values.astype("float32")

model = tf.keras.Sequential([
    tf.keras.layers.Input((3,)),
    tf.keras.layers.Dense(16, activation="relu"),
    tf.keras.layers.Dense(1, activation="exponential"),
])
model.compile(loss="poisson", optimizer=tf.keras.optimizers.Adam(0.003))
model.fit(X[:3200], y[:3200], epochs=25, batch_size=64, validation_data=(X[3200:], y[3200:]), verbose=2)
glm = PoissonRegressor(alpha=0).fit(X[:3200], y[:3200])
poisson = tf.keras.losses.Poisson()
print("network", model.evaluate(X[3200:], y[3200:], verbose=0), "glm", float(poisson(y[3200:], glm.predict(X[3200:]))))
