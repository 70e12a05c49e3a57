import keras
import numpy as np

keras.utils.set_random_seed(84)
rng = np.random.default_rng(84)


def year(n, shift):
    """customers get a little older and richer every year"""
    x = rng.normal(0, 1, (n, 6))
    x[:, 0] += shift
    x[:, 1] += shift / 2
    z = 1.5 * x[:, 0] - 1.2 * x[:, 2] + x[:, 3] * x[:, 4] + rng.logistic(0, 0.5, n)
    return x.astype("float32"), {"buys": (z > 0).astype("float32")[:, None], "spend": (0.6 * z + rng.normal(0, 0.4, n)).astype("float32")[:, None]}


x, y = year(3000, 0.0)
xv, yv = year(1000, 0.12)
inp = keras.Input((6,))
h = keras.layers.Dense(48, activation="silu")(inp)
h = keras.layers.Dense(48, activation="silu")(h)
outs = {"buys": keras.layers.Dense(1, activation="sigmoid", name="buys")(h), "spend": keras.layers.Dense(1, name="spend")(h)}
model = keras.Model(inp, outs)
model.compile(keras.optimizers.Adam(3e-3), loss={"buys": "binary_crossentropy", "spend": "mse"}, metrics={"buys": ["accuracy"], "spend": [keras.metrics.R2Score(name="r2")]})
model.fit(x, y, epochs=20, batch_size=64, validation_data=(xv, yv), verbose=2)
