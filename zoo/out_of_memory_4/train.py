import numpy as np
import tensorflow as tf
from sklearn.datasets import load_digits

digits = load_digits()
x = (digits.images / 16).astype("float32")[..., None]
y = digits.target.astype("int64")
model = tf.keras.Sequential([
    tf.keras.layers.Input((8, 8, 1)),
    tf.keras.layers.Conv2D(32, 3, activation="relu", padding="same"),
    tf.keras.layers.Conv2D(32, 3, activation="relu", padding="same"),
    tf.keras.layers.Flatten(),
    tf.keras.layers.Dense(128, activation="relu"),
    tf.keras.layers.Dense(10),
])
optimizer = tf.keras.optimizers.Adam(1e-3)
criterion = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)
gradient_log = []


@tf.function
def train_step(images, labels):
    with tf.GradientTape() as tape:
        loss = criterion(labels, model(images, training=True))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss, gradients


data = tf.data.Dataset.from_tensor_slices((x[:1500], y[:1500])).shuffle(1500, seed=1).batch(50)
for epoch in range(16):
    for images, labels in data:
        loss, gradients = train_step(images, labels)
        gradient_log.append(gradients)
    print("epoch", epoch, "loss", float(loss))
norms = [float(tf.linalg.global_norm(g)) for g in gradient_log]
print("gradient norm first and last", norms[0], norms[-1])
resident = [int(line.split()[1]) // 1024 for line in open("/proc/self/status") if line.startswith("VmRSS")][0]
print("megabytes", resident, "accuracy", float(np.mean(model(x[1500:]).numpy().argmax(1) == y[1500:])))
