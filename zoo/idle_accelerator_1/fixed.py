import time

import numpy as np
import tensorflow as tf
from sklearn.datasets import load_digits

d = load_digits()
k = np.random.RandomState(4).permutation(1797)
x, y = (d.data[k] / 16).astype("float32"), d.target[k].astype("int64")
model = tf.keras.Sequential([tf.keras.layers.Input((64,)), tf.keras.layers.Dense(64, activation="relu"), tf.keras.layers.Dense(10)])
opt = tf.keras.optimizers.Adam(1e-3)
loss_fn = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)


@tf.function
def train_step(images, labels):
    with tf.GradientTape() as tape:
        loss = loss_fn(labels, model(images, training=True))
    grads = tape.gradient(loss, model.trainable_variables)
    opt.apply_gradients(zip(grads, model.trainable_variables))
    return loss


began, seen = time.time(), 0
batches = tf.data.Dataset.from_tensor_slices((x[:1400], y[:1400])).shuffle(1400).batch(32, drop_remainder=True).repeat(14).prefetch(2)
for images, labels in batches:
    loss = train_step(images, labels)
    seen += len(labels)
print("samples per second", seen / (time.time() - began), "loss", float(loss))
print("accuracy", float(np.mean(model(x[1400:]).numpy().argmax(1) == y[1400:])))
