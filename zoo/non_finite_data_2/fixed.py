import numpy as np
import tensorflow as tf

rng = np.random.default_rng(86)
clicks = rng.poisson(4, (3000, 3)).astype("float64")
shown = rng.poisson(40, (3000, 1)) + 1.0
sales = 1.0 * clicks[:, 0] + 0.5 * clicks[:, 1] - 0.25 * clicks[:, 2] + rng.normal(0, 0.4, 3000)
sales = (sales - sales.mean()) / sales.std()
with np.errstate(divide="ignore"):
    X = np.hstack([np.log1p(clicks), np.log(shown) - 3.7])

model = tf.keras.Sequential([tf.keras.layers.Input((4,)), tf.keras.layers.Dense(32, activation="tanh"), tf.keras.layers.Dense(1)])
model.compile(optimizer="adam", loss="mse")
history = model.fit(X[:2400], sales[:2400], validation_data=(X[2400:], sales[2400:]), epochs=15, batch_size=32, verbose=0)
print("loss", history.history["loss"][::5], "val", history.history["val_loss"][-1])
