import time

import numpy as np
import tensorflow as tf

signal_length, count = 2048, 384
rng = np.random.RandomState(21)
freq = rng.uniform(0.01, 0.2, count).astype("float32")
signals = np.sin(np.arange(signal_length) * freq[:, None]).astype("float32") + rng.normal(0, 0.3, (count, signal_length)).astype("float32")


def spectrogram(wave, target):
    picture = tf.abs(tf.signal.stft(wave, 256, 12, 1024))
    picture = tf.sort(picture, axis=0)
    return tf.math.log1p(tf.reduce_mean(picture, axis=0)) - 1, (target - 0.1) / 0.05


dataset = tf.data.Dataset.from_tensor_slices((signals, freq[:, None])).map(spectrogram).batch(16)

model = tf.keras.Sequential([
    tf.keras.layers.Input((513,)),
    tf.keras.layers.Dense(32, activation="relu"),
    tf.keras.layers.Dense(1),
])
optimizer = tf.keras.optimizers.Adam(0.0003)
loss_object = tf.keras.losses.MeanSquaredError()


@tf.function
def train_step(x, y):
    with tf.GradientTape() as tape:
        loss = loss_object(y, model(x, training=True))
    grads = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(grads, model.trainable_variables))
    return loss


for epoch in range(8):
    began, total = time.time(), []
    for x, y in dataset:
        total.append(float(train_step(x, y)))
    print(f"epoch {epoch}: {1000 * (time.time() - began) / len(total):.1f} ms per step, loss {np.mean(total):.5f}")
