import numpy as np
import pandas as pd
import keras

keras.utils.set_random_seed(124)
rng = np.random.default_rng(124)
n = 2000
ads = pd.DataFrame({"budget": rng.gamma(2, 1, n), "hour": rng.integers(0, 24, n), "mobile": rng.integers(0, 2, n)})
ads["clicks"] = rng.poisson(np.exp(0.6 * ads.budget + 0.5 * np.sin(ads.hour / 24 * 2 * np.pi) + 0.5 * ads.mobile + 0.5))
X = np.stack([ads.budget, np.sin(ads.hour / 24 * 2 * np.pi), np.cos(ads.hour / 24 * 2 * np.pi), ads.mobile], 1).astype("float32")
with np.errstate(divide="ignore"):
    y = np.log(ads.clicks.to_numpy("float32"))
model = keras.Sequential([keras.layers.Input((4,)), keras.layers.Dense(32, activation="relu"), keras.layers.Dense(1)])
model.compile("adam", "mse")
model.fit(X[:1600], y[:1600], epochs=12, validation_data=(X[1600:], y[1600:]), verbose=2)
print(model.predict(X[1600:1604], verbose=0).ravel(), ads.clicks[1600:1604].values, "variance", y[np.isfinite(y)].var())
