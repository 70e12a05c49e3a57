import numpy as np
import pandas as pd
import keras

keras.utils.set_random_seed(29)
rng = np.random.default_rng(29)
n = 2000
d = pd.DataFrame({"promo": rng.integers(0, 2, n), "temp": rng.normal(15, 8, n), "weekend": rng.integers(0, 2, n)})
rate = np.exp(0.2 + 0.9 * d.promo + 0.04 * (d.temp - 15) + 0.5 * d.weekend)
d["sold"] = rng.poisson(rate)
X = d[["promo", "temp", "weekend"]].to_numpy("float32")
X[:, 1] = (X[:, 1] - 15) / 8
y = d["sold"].to_numpy("float32")

model = keras.Sequential([
    keras.layers.Input((3,)),
    keras.layers.Dense(32, activation="relu"),
    keras.layers.Dense(16, activation="relu"),
    keras.layers.Dense(1, activation="softplus"),
])
model.compile(optimizer="adam", loss="mean_absolute_percentage_error", metrics=["mae"])
model.fit(X[:1600], y[:1600], validation_data=(X[1600:], y[1600:]), epochs=15, batch_size=32, verbose=2)
p = model.predict(X[1600:], verbose=0).ravel()
print("sold in total", y[1600:].sum(), "forecast in total", p.sum(), "correlation with the rate", np.corrcoef(p, rate[1600:])[0, 1])
