import numpy as np
from tensorflow import keras
from tensorflow.keras import ops

rng = np.random.default_rng(12)
x = rng.uniform(0, 4, (4000, 1))
y = np.sin(2 * x) + rng.normal(size=x.shape) * (0.1 + 0.2 * x)
taus = np.array([0.1, 0.5, 0.9], dtype="float32")


def pinball(y_true, y_pred):
    e = y_true - y_pred
    return ops.mean(ops.maximum(taus * e, (taus - 1) * e), axis=-1)


model = keras.Sequential([
    keras.layers.Input((1,)),
    keras.layers.Dense(48, activation="swish"),
    keras.layers.Dense(48, activation="swish"),
    keras.layers.Dense(3),
])
model.compile(keras.optimizers.Adam(0.005), loss=pinball)
model.fit(x[:3200], y[:3200], epochs=25, batch_size=64, verbose=0, validation_data=(x[3200:], y[3200:]))
q = model.predict(x[3200:], verbose=0)
for k, tau in enumerate(taus):
    print(f"quantile {tau:.1f}: share below {np.mean(y[3200:, 0] < q[:, k]):.3f}")
