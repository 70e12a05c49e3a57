import numpy as np
import pandas as pd
import keras
from keras import layers, ops
from sklearn.metrics import mean_absolute_error

keras.utils.set_random_seed(17)
rng = np.random.default_rng(17)
n = 7000
df = pd.DataFrame(dict(
    price=rng.uniform(2, 12, n), promo=rng.binomial(1, 0.25, n), shelf=rng.uniform(0.2, 1.5, n),
    weekend=rng.binomial(1, 2 / 7, n), month=rng.integers(1, 13, n)))
season = 1 + 0.4 * np.sin(2 * np.pi * df.month / 12)
lam = 14 * season * df.shelf * np.exp(-0.12 * (df.price - 5)) * (1 + 0.7 * df.promo) * (1 + 0.4 * df.weekend)
df["units"] = rng.poisson(lam)
df["revenue"] = np.log1p(df.units * df.price + rng.normal(0, 1, n).clip(-1, 1) + 1)

F = np.column_stack([df.price / 6 - 1, df.promo, df.shelf, df.weekend,
                     np.sin(2 * np.pi * df.month / 12), np.cos(2 * np.pi * df.month / 12)]).astype("float32")
split = 5600


@keras.saving.register_keras_serializable()
class ToCount(layers.Layer):
    def call(self, t):
        return ops.round(ops.softplus(t))


inputs = keras.Input((6,))
trunk = layers.Dense(32, activation="relu")(inputs)
trunk = layers.Dense(32, activation="relu")(trunk)
units = ToCount(name="units")(layers.Dense(1)(layers.Dense(16, activation="relu")(trunk)))
revenue = layers.Dense(1, name="revenue")(trunk)
model = keras.Model(inputs, {"units": units, "revenue": revenue})
model.compile(optimizer=keras.optimizers.Adam(3e-3),
              loss={"units": "mae", "revenue": "mse"}, loss_weights={"units": 0.1, "revenue": 1.0},
              metrics={"units": "mae", "revenue": "mae"})
Y = {"units": df.units.to_numpy("float32")[:, None], "revenue": df.revenue.to_numpy("float32")[:, None]}
model.fit(F[:split], {k: v[:split] for k, v in Y.items()}, epochs=20, batch_size=64, verbose=2,
          validation_split=0.1)
pr = model.predict(F[split:], verbose=0)
for k in Y:
    print(k, "MAE", mean_absolute_error(Y[k][split:], pr[k]), "of spread", Y[k][split:].std())
