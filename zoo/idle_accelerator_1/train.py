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


def train_step(images, labels):
    with tf.GradientTape() as tape:
        loss = loss_fn(labels, model(images, training=True))
    grads = tape.gradient(loss, model.trainable_variables)
    opt.apply_gradients(zip(grads, model.trainable_variables))
    return loss


began, seen = time.time(), 0
for i in range(0, 600):
    loss = train_step(x[i:i + 1], y[i:i + 1])
    seen += 1
print("samples per second", seen / (time.time() - began), "loss", float(loss))
print("accuracy", float(np.mean(model(x[1400:]).numpy().argmax(1) == y[1400:])))
