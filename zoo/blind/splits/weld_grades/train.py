import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(5)
rng = np.random.default_rng(5)

# 20 measured quantities of 1600 welds, grade good / bad
N, D = 1600, 20
basis = rng.normal(size=(D, D)) / np.sqrt(D)
features = (rng.normal(size=(N, D)) @ basis + 0.3 * rng.normal(size=(N, D))).astype("float32")
features /= features.std(0)
score = 1.1 * features[:, 0] + 0.8 * features[:, 1] - 0.9 * features[:, 2] * features[:, 3] + rng.logistic(size=N) * 0.5
grade = (score > 0).astype("float32")

ds = tf.data.Dataset.from_tensor_slices((features, grade))
ds = ds.shuffle(N, seed=1)
n_train = int(0.8 * N)
train_ds = ds.take(n_train).batch(32).prefetch(1)
val_ds = ds.skip(n_train).batch(32).prefetch(1)

inp = keras.Input((D,))
x = keras.layers.Dense(192, activation="relu")(inp)
x = keras.layers.Dense(96, activation="relu")(x)
out = keras.layers.Dense(1, activation="sigmoid")(x)
net = keras.Model(inp, out)
net.compile(keras.optimizers.Adam(1e-3), "binary_crossentropy", metrics=["accuracy"])
hist = net.fit(train_ds, validation_data=val_ds, epochs=60, verbose=2, callbacks=[
    keras.callbacks.EarlyStopping("val_loss", patience=10, restore_best_weights=True)])
print("best val_accuracy", max(hist.history["val_accuracy"]), "after", len(hist.epoch), "epochs")

line = rng.normal(size=(2000, D)) @ basis + 0.3 * rng.normal(size=(2000, D))
line = (line / line.std(0)).astype("float32")
truth = 1.1 * line[:, 0] + 0.8 * line[:, 1] - 0.9 * line[:, 2] * line[:, 3] + rng.logistic(size=2000) * 0.5 > 0
print("fresh welds from the line:", np.mean((net.predict(line, verbose=0)[:, 0] > 0.5) == truth))
