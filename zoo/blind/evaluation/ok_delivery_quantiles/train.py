import numpy as np
import tensorflow as tf
import keras

QS = (0.1, 0.5, 0.9)


def pinball(y_true, y_pred):
    q = tf.constant(QS, dtype=y_pred.dtype)
    e = tf.reshape(tf.cast(y_true, y_pred.dtype), (-1, 1)) - y_pred
    return tf.reduce_mean(tf.maximum(q * e, (q - 1.0) * e), axis=-1)


keras.utils.set_random_seed(302)
r = np.random.default_rng(302)
n = 6000
km = r.gamma(3, 2.0, n)
stops = r.poisson(4, n)
rush = r.binomial(1, 0.35, n)
minutes = 8 + 2.2 * km * (1 + 0.4 * rush) + 3.0 * stops + r.gamma(2, 1 + 0.5 * km, n)
X = np.c_[km / 6 - 1, stops / 4 - 1, rush].astype("float32")
y = (minutes / 40).astype("float32")

i = keras.Input((3,))
h = keras.layers.Dense(32, activation="relu")(i)
h = keras.layers.Dense(32, activation="relu")(h)
low = keras.layers.Dense(1)(h)
gaps = keras.layers.Dense(2, activation="softplus")(h)
out = keras.layers.Concatenate()([low, low + gaps[:, :1], low + gaps[:, :1] + gaps[:, 1:]])
model = keras.Model(i, out)
model.compile(optimizer=keras.optimizers.Adam(2e-3), loss=pinball)
model.fit(X[:5000], y[:5000], epochs=20, batch_size=64, validation_split=0.1, verbose=2)
p = model.predict(X[5000:], verbose=0)
print("below each quantile:", (y[5000:, None] < p).mean(0).round(3))
print("median MAE in minutes", 40 * np.abs(p[:, 1] - y[5000:]).mean(), "std", minutes.std())
