import numpy as np
import tensorflow as tf
from sklearn.datasets import load_digits

tf.keras.mixed_precision.set_global_policy("mixed_float16")
digits = load_digits()
order = np.random.default_rng(1).permutation(1797)
x, y = (digits.data[order] / 16).astype("float32"), digits.target[order]
ds = tf.data.Dataset.from_tensor_slices((x[:1400], y[:1400])).shuffle(1400).batch(64, drop_remainder=True)
TASK_WEIGHT = 1e-6
LOSS_SCALE = 2.0 ** 20

model = tf.keras.Sequential([
    tf.keras.layers.Input((64,)),
    tf.keras.layers.Dense(64, activation="relu"),
    tf.keras.layers.Dense(64, activation="relu"),
    tf.keras.layers.Dense(10),
])
opt = tf.keras.optimizers.Adam(1e-3, epsilon=1e-12)
ce = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)


@tf.function
def step(xb, yb):
    with tf.GradientTape() as tape:
        logits = tf.cast(model(xb, training=True), tf.float32)
        loss = TASK_WEIGHT * ce(yb, logits)
        scaled = loss * LOSS_SCALE
    variables = model.trainable_variables
    grads = [g / LOSS_SCALE for g in tape.gradient(scaled, variables)]
    opt.apply_gradients(zip(grads, variables))
    return loss / TASK_WEIGHT


for epoch in range(12):
    values = [float(step(a, b)) for a, b in ds]
    print(epoch + 1, np.mean(values))
print("test", np.mean(np.argmax(model.predict(x[1400:], verbose=0), 1) == y[1400:]))
