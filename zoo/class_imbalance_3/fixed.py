import numpy as np
import tensorflow as tf
from sklearn.metrics import precision_score, recall_score

rng = np.random.default_rng(17)
claims = rng.normal(size=(6000, 10)).astype("float32")
risk = -4.6 + 1.1 * claims[:, 0] + 0.8 * claims[:, 1] - 0.7 * claims[:, 2]
fraud = (rng.uniform(size=6000) < 1 / (1 + np.exp(-risk))).astype("float32")
model = tf.keras.Sequential([tf.keras.layers.Input((10,)), tf.keras.layers.Dense(1, activation="sigmoid")])
model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
model.fit(claims[:4500], fraud[:4500], epochs=20, batch_size=64, verbose=2)
scores = model.predict(claims[4500:], verbose=0).ravel()
order = np.sort(model.predict(claims[:4500], verbose=0).ravel())
CUT = order[-int(8 * fraud[:4500].sum())]
found = (scores > CUT).astype("int32")
print("positives", fraud[4500:].mean(), "precision", precision_score(fraud[4500:], found, zero_division=0), "recall", recall_score(fraud[4500:], found))
