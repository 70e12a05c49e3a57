import keras
import numpy as np
from sklearn.metrics import roc_auc_score

keras.utils.set_random_seed(102)
rng = np.random.default_rng(102)
n = 8000
x = rng.normal(0, 1, (n, 12)).astype("float32")
p = 1 / (1 + np.exp(-0.25 * (x[:, 0] + x[:, 1] - x[:, 2])))
y = (rng.random(n) < p).astype("float32")
model = keras.Sequential([keras.Input((12,)), keras.layers.Dense(8, activation="relu", kernel_regularizer=keras.regularizers.L2(1e-3)), keras.layers.Dense(1, activation="sigmoid")])
model.compile(keras.optimizers.Adam(1e-3), "binary_crossentropy", metrics=["accuracy", keras.metrics.AUC(name="auc")])
model.fit(x[:6000], y[:6000], epochs=10, batch_size=64, validation_data=(x[6000:], y[6000:]), verbose=2)
print("auc", roc_auc_score(y[6000:], model.predict(x[6000:], verbose=0)[:, 0]), "with the true chances", roc_auc_score(y[6000:], p[6000:]))
