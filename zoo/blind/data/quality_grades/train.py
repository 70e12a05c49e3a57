import keras
import numpy as np
import pandas as pd

keras.utils.set_random_seed(52)
rng = np.random.default_rng(52)
f = pd.DataFrame(rng.normal(0, 1, (2000, 5)), columns=list("abcde"))
f["sour"] = 3 * f["a"] - 2 * f["b"] * (f["c"] > 0) + rng.normal(0, 0.5, 2000)
f["spoiled"] = (f["sour"] > 1.5).astype(float) * 0.98 + 0.01
x = f[list("abcde")].to_numpy("float32")
y = f["spoiled"].astype("int32").to_numpy()
model = keras.Sequential([keras.Input((5,)), keras.layers.Dense(32, activation="relu"), keras.layers.Dense(1, activation="sigmoid")])
model.compile(keras.optimizers.Adam(3e-3), "binary_crossentropy", metrics=["accuracy", keras.metrics.Precision(name="precision"), keras.metrics.Recall(name="recall")])
model.fit(x[:1500], y[:1500], epochs=20, batch_size=32, validation_data=(x[1500:], y[1500:]), verbose=2)
found = model.predict(x[1500:], verbose=0)[:, 0] > 0.5
bad = f["sour"][1500:] > 1.5
print("spoiled parts found", (found & bad).sum(), "of", bad.sum())
