import numpy as np
import keras
from sklearn.metrics import average_precision_score, recall_score, precision_score

keras.utils.set_random_seed(106)
rng = np.random.default_rng(106)
n = 6000
y = (rng.random(n) < 0.03).astype("float32")
X = rng.normal(size=(n, 10)).astype("float32")
X[y == 1, :4] += 2.2
model = keras.Sequential([
    keras.layers.Input((10,)),
    keras.layers.Dense(24, activation="relu"),
    keras.layers.Dense(1, activation="sigmoid", bias_initializer=keras.initializers.Constant(-3.5)),
])
model.compile("adam", keras.losses.BinaryFocalCrossentropy(gamma=2.0), metrics=[keras.metrics.AUC(curve="PR", name="ap")])
model.fit(X[:4500], y[:4500], epochs=12, batch_size=64, validation_data=(X[4500:], y[4500:]), verbose=2)
p = model.predict(X[4500:], verbose=0)[:, 0]
print("AP", average_precision_score(y[4500:], p), "precision", precision_score(y[4500:], p > 0.5), "recall", recall_score(y[4500:], p > 0.5))
