import keras
import numpy as np
from keras import layers, ops
from sklearn.metrics import r2_score

rng = np.random.default_rng(38)
X = rng.normal(size=(3000, 4)).astype("float32")
mean = np.exp(0.5 * X[:, 0] - 0.3 * X[:, 1] + 0.2 * X[:, 2] * X[:, 3])
y = rng.gamma(8.0, mean / 8.0).astype("float32")


def gamma_deviance(y_true, y_pred):
    y_pred = y_pred + 1e-6
    return 2 * ops.mean(ops.log(y_pred / y_true) + y_true / y_pred - 1, axis=-1)


model = keras.Sequential([keras.Input((4,)), layers.Dense(32, activation="relu"), layers.Dense(32, activation="relu"), layers.Dense(1, activation="softplus")])
model.compile(keras.optimizers.Adam(0.002), loss=gamma_deviance, metrics=["mae"])
model.fit(X[:2400], y[:2400, None], epochs=20, batch_size=32, validation_data=(X[2400:], y[2400:, None]), verbose=2)
print("R2 against the true mean", r2_score(mean[2400:], model.predict(X[2400:], verbose=0)[:, 0]))
