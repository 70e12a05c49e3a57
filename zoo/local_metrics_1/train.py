import numpy as np
import tensorflow as tf
from sklearn.datasets import load_digits

d = load_digits()
order = np.random.RandomState(17).permutation(1797)
x, y = (d.data[order] / 16).astype("float32"), d.target[order]
x_test, y_test = x[1400:], y[1400:]
sort = np.argsort(y_test)
eval_shards = np.array_split(sort, 2)
model = tf.keras.Sequential([tf.keras.layers.Input((64,)), tf.keras.layers.Dense(12, activation="relu"), tf.keras.layers.Dense(10, activation="softmax")])
model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
first = y[:1400] < 5
weight = np.where(first, 1.0, 0.04)
model.fit(x[:1400], y[:1400], sample_weight=weight, epochs=15, batch_size=32, verbose=0)


def worker_accuracy(rank):
    metric = tf.keras.metrics.SparseCategoricalAccuracy()
    rows = eval_shards[rank]
    metric.update_state(y_test[rows], model.predict(x_test[rows], verbose=0))
    return float(metric.result()), len(rows)


reports = [worker_accuracy(r) for r in range(2)]
print("accuracy reported by the job:", reports[0][0])
print("accuracy of a full evaluation:", model.evaluate(x_test, y_test, verbose=0)[1])
