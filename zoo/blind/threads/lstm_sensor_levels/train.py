import numpy as np
import tensorflow as tf
import keras
from keras import layers

keras.utils.set_random_seed(14)
rng = np.random.default_rng(14)

# pressure sensor of a pump in Pa: will the pump fail within the next hours?
N, T = 3000, 48
fails = rng.random(N) < 0.4
level = rng.normal(101300, 900, (N, 1))
t = np.arange(T)
walk = np.cumsum(rng.normal(0, 25, (N, T)), axis=1)
tide = 150 * np.sin(2 * np.pi * (t[None] + rng.uniform(0, 24, (N, 1))) / 24)
onset = rng.integers(24, 40, (N, 1))
drop = np.where(fails[:, None], -np.maximum(t[None] - onset, 0) * rng.uniform(20, 90, (N, 1)), 0)
jitter = rng.normal(0, 1, (N, T)) * np.where(fails[:, None] & (t[None] > onset), 110, 50)
pressure = level + walk + tide + drop + jitter
flow = rng.normal(3200, 60, (N, 1)) + 0.25 * drop + rng.normal(0, 40, (N, T))
series = np.stack([pressure, flow], -1)
target = fails.astype("float32")
cut = 2400
series = series.astype("float32")

model = keras.Sequential([layers.Input((T, 2)), layers.LSTM(32), layers.Dense(16, activation="relu"), layers.Dense(1)])
bce = keras.losses.BinaryCrossentropy(from_logits=True)
optimizer = keras.optimizers.Adam(0.003)
data = tf.data.Dataset.from_tensor_slices((series[:cut], target[:cut, None])).shuffle(cut).batch(64)


@tf.function
def step(x, y):
    with tf.GradientTape() as tape:
        loss = bce(y, model(x, training=True))
    optimizer.apply_gradients(zip(tape.gradient(loss, model.trainable_weights), model.trainable_weights))
    return loss


for epoch in range(14):
    total = np.mean([step(x, y).numpy() for x, y in data])
    logits = model.predict(series[cut:], verbose=0, batch_size=256)[:, 0]
    acc = ((logits > 0) == (target[cut:] > 0)).mean()
    print(f"epoch {epoch:2d} loss {total:.4f} test accuracy {acc:.4f} predicted failures {int((logits > 0).sum())} of {int(target[cut:].sum())}")
