import numpy as np
import tensorflow as tf
from sklearn.linear_model import LinearRegression

tf.keras.utils.set_random_seed(104)
rng = np.random.default_rng(104)
X = rng.normal(size=(4000, 6)).astype("float32")
signal = 0.5 * X[:, 0] - 0.4 * X[:, 1] + 0.3 * X[:, 2]
y = (signal + rng.normal(0, 1.2, 4000)).astype("float32")
model = tf.keras.Sequential([
    tf.keras.layers.Input((6,)),
    tf.keras.layers.Dense(16, activation="relu"),
    tf.keras.layers.Dropout(0.1),
    tf.keras.layers.Dense(1),
])
model.compile("adam", "mse", metrics=["mae"])
model.fit(X[:3000], y[:3000], validation_data=(X[3000:], y[3000:]), epochs=15, batch_size=32, verbose=2)
r2 = lambda p: 1 - ((y[3000:] - p) ** 2).sum() / ((y[3000:] - y[3000:].mean()) ** 2).sum()
print("network", r2(model.predict(X[3000:], verbose=0)[:, 0]))
print("linear ", r2(LinearRegression().fit(X[:3000], y[:3000]).predict(X[3000:])), "ceiling", r2(signal[3000:]))
