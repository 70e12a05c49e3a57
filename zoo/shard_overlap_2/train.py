import numpy as np
import tensorflow as tf
from sklearn.datasets import make_classification

X, y = make_classification(4400, 24, n_informative=14, n_classes=4, n_clusters_per_class=3, class_sep=1.2, random_state=32)
X = X.astype("float32")
train, test = tf.data.Dataset.from_tensor_slices((X[:400 * 8], y[:400 * 8])), (X[3200:], y[3200:])
workers = 8


def read(index):
    options = tf.data.Options()
    options.experimental_distribute.auto_shard_policy = tf.data.experimental.AutoShardPolicy.OFF
    return train.with_options(options).take(400).shuffle(400, seed=index).batch(8).repeat()


streams = [iter(read(i)) for i in range(workers)]
model = tf.keras.Sequential([
    tf.keras.layers.Input((24,)),
    tf.keras.layers.Dense(64, activation="relu"),
    tf.keras.layers.Dense(64, activation="relu"),
    tf.keras.layers.Dense(4),
])
model.compile(tf.keras.optimizers.Adam(0.002), tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True), metrics=["accuracy"])
for step in range(500):
    pieces = [next(s) for s in streams]
    out = model.train_on_batch(tf.concat([p[0] for p in pieces], 0), tf.concat([p[1] for p in pieces], 0))
    if step % 100 == 99:
        print("step", step + 1, [round(float(v), 3) for v in out])
print("test", model.evaluate(*test, verbose=0))
