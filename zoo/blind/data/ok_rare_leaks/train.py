import keras
import numpy as np
from sklearn.metrics import average_precision_score, recall_score

keras.utils.set_random_seed(76)
rng = np.random.default_rng(76)


def pipes(n):
    y = (rng.random(n) < 0.04).astype(int)
    x = rng.normal(0, 1, (n, 9))
    x[:, 0] += 1.8 * y
    x[:, 1] -= 1.5 * y
    x[:, 2] += 1.2 * y * rng.choice([-1, 1], n)
    return x.astype("float32"), y


x, y = pipes(5000)
xt, yt = pipes(3000)
model = keras.Sequential([keras.Input((9,)), keras.layers.Dense(16, activation="relu"), keras.layers.Dense(1, activation="sigmoid")])
model.compile("adam", "binary_crossentropy", metrics=[keras.metrics.AUC(curve="PR", name="pr"), keras.metrics.Recall(name="recall"), keras.metrics.Precision(name="precision")])
model.fit(x, y, class_weight={0: 0.52, 1: 12.5}, epochs=12, batch_size=64, validation_data=(xt, yt), verbose=2)
p = model.predict(xt, verbose=0)[:, 0]
print("average precision", average_precision_score(yt, p), "recall", recall_score(yt, p > 0.5), "share", yt.mean())
