import numpy as np
import tensorflow as tf
from sklearn.model_selection import GroupKFold, KFold

rng = np.random.default_rng(53)
WRITERS, PER = 40, 25
style = rng.normal(0, 1.5, (WRITERS, 12))
gender = rng.integers(0, 2, WRITERS)
writer = np.repeat(np.arange(WRITERS), PER)
X = (style[writer] + rng.normal(0, 0.25, (len(writer), 12))).astype("float32")
X[:, 0] += gender[writer]
y = gender[writer]
order = rng.permutation(len(writer))
X, y, writer = X[order], y[order], writer[order]

accuracies = []
splitter = GroupKFold(3)
for tr, va in splitter.split(X, y, groups=writer):
    tf.keras.backend.clear_session()
    net = tf.keras.Sequential([tf.keras.layers.Input((12,)), tf.keras.layers.Dense(64, activation="relu"), tf.keras.layers.Dense(1, activation="sigmoid")])
    net.compile("adam", "binary_crossentropy", metrics=["accuracy"])
    net.fit(X[tr], y[tr], epochs=20, batch_size=32, verbose=0)
    accuracies.append(net.evaluate(X[va], y[va], verbose=0)[1])
print("cross-validated accuracy", np.mean(accuracies), accuracies)
