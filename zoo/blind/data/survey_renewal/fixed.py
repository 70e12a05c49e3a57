import keras
import numpy as np
import pandas as pd

keras.utils.set_random_seed(20)
rng = np.random.default_rng(20)
n = 2400
frame = pd.DataFrame({"visits": rng.poisson(6, n), "months": rng.integers(1, 40, n), "price": rng.choice([9, 15, 29], n)})
z = 0.35 * (frame["visits"] - 6) + 0.05 * (frame["months"] - 20) - 0.07 * (frame["price"] - 18)
frame["renewed"] = np.where(rng.random(n) < 1 / (1 + np.exp(-2 * z)), "Yes", "No")
frame["score"] = z + rng.normal(0, 0.2, n)

x = frame[["visits", "months", "price"]].astype("float32")
x = ((x - x.mean()) / x.std()).to_numpy()
y = (frame["renewed"] == "Yes").astype("float32").to_numpy()

model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(16, activation="relu"), keras.layers.Dense(1, activation="sigmoid")])
model.compile("adam", "binary_crossentropy", metrics=["accuracy", keras.metrics.Precision(name="precision"), keras.metrics.Recall(name="recall")])
model.fit(x[:1800], y[:1800], epochs=20, validation_data=(x[1800:], y[1800:]), verbose=2)
p = model.predict(x[1800:], verbose=0)[:, 0]
print("share of likely renewals", (p > 0.5).mean())
print("correlation with the score of the call centre", np.corrcoef(p, frame["score"][1800:])[0, 1])
