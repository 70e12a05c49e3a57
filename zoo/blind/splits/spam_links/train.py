import numpy as np
import tensorflow as tf
from sklearn.metrics import f1_score

tf.keras.utils.set_random_seed(16)
rng = np.random.default_rng(16)
N = 6000

# counts of 25 link features on a page, few pages are spam
spam = rng.random(N) < 0.07
rates = rng.gamma(1.5, 1.0, 25)
lift = np.where(rng.random(25) < 0.4, rng.uniform(1.6, 3.0, 25), 1.0)
counts = rng.poisson(rates * np.where(spam[:, None], lift, 1.0) * rng.gamma(6, 1 / 6, (N, 1)))
X = np.log1p(counts).astype("float32")
y = spam.astype("float32").reshape(-1, 1)


def f1(y_true, y_pred):
    y_hat = tf.round(y_pred)
    tp = tf.reduce_sum(y_true * y_hat)
    precision = tp / (tf.reduce_sum(y_hat) + 1e-7)
    recall = tp / (tf.reduce_sum(y_true) + 1e-7)
    return 2 * precision * recall / (precision + recall + 1e-7)


model = tf.keras.Sequential([
    tf.keras.Input((25,)),
    tf.keras.layers.Dense(32, activation="relu"),
    tf.keras.layers.Dense(16, activation="relu"),
    tf.keras.layers.Dense(1, activation="sigmoid"),
])
model.compile(optimizer=tf.keras.optimizers.Adam(1e-3), loss="binary_crossentropy", metrics=[f1])
model.fit(X[:4500], y[:4500], batch_size=16, epochs=10, validation_data=(X[4500:], y[4500:]), verbose=2)
print("evaluate:", model.evaluate(X[4500:], y[4500:], batch_size=16, verbose=0)[1])
print("sklearn: ", f1_score(y[4500:], model.predict(X[4500:], verbose=0) > 0.5))
