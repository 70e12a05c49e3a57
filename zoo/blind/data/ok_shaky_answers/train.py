import keras
import numpy as np
from sklearn.linear_model import LogisticRegression

keras.utils.set_random_seed(78)
rng = np.random.default_rng(78)
n = 5000
x = rng.normal(0, 1, (n, 8)).astype("float32")
truth = (x[:, 0] + x[:, 1] - x[:, 2] > 0).astype(int)
y = np.where(rng.random(n) < 0.2, 1 - truth, truth)
model = keras.Sequential([keras.Input((8,)), keras.layers.Dense(8, activation="relu"), keras.layers.Dense(1, activation="sigmoid")])
model.compile(keras.optimizers.Adam(3e-3), "binary_crossentropy", metrics=["accuracy"])
model.fit(x[:4000], y[:4000], epochs=15, batch_size=64, validation_data=(x[4000:], y[4000:]), verbose=2)
print("logistic regression", LogisticRegression().fit(x[:4000], y[:4000]).score(x[4000:], y[4000:]), "the rule itself", (truth[4000:] == y[4000:]).mean())
