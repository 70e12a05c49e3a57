import keras
import numpy as np
from sklearn.metrics import precision_score, recall_score

keras.utils.set_random_seed(50)
rng = np.random.default_rng(50)
n = 5000
y = (rng.random(n) < 0.25).astype(int)
x = rng.normal(0, 1, (n, 8))
x[:, 0] += 1.8 * y
x[:, 1] -= 1.5 * y
x = x.astype("float32")
model = keras.Sequential([keras.Input((8,)), keras.layers.Dense(16, activation="relu"), keras.layers.Dense(1, activation="sigmoid")])
model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
model.fit(x[:4000], y[:4000], epochs=10, batch_size=64, validation_split=0.1, verbose=2)
alarm = model.predict(x[4000:], verbose=0)[:, 0] > 50
print("precision", precision_score(y[4000:], alarm, zero_division=0), "recall", recall_score(y[4000:], alarm, zero_division=0))
