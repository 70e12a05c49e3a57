import math
import time

import numpy as np
import tensorflow as tf
from sklearn.datasets import make_classification

tf.keras.utils.set_random_seed(29)
X, y = make_classification(n_samples=4000, n_features=24, n_informative=10, n_redundant=6, n_classes=4,
                           class_sep=1.6, random_state=29)
X = ((X - X.mean(0)) / X.std(0)).astype("float32")
X_train, y_train, X_test, y_test = X[:3200], y[:3200], X[3200:], y[3200:]

model = tf.keras.Sequential([
    tf.keras.Input((24,)),
    tf.keras.layers.Dense(128, activation="relu"),
    tf.keras.layers.Dense(64, activation="relu"),
    tf.keras.layers.Dense(4),
])
loss_object = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)
optimizer = tf.keras.optimizers.Adam(1e-2)
total_steps = 60


@tf.function
def train_step(x, labels, step):
    optimizer.learning_rate.assign(1e-2 * (1 - 0.9 * step / total_steps))
    with tf.GradientTape() as tape:
        loss = loss_object(labels, model(x, training=True))
    grads = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(grads, model.trainable_variables))
    return loss


rng = np.random.default_rng(29)
times = []
for step in range(total_steps):
    rows = rng.choice(len(X_train), 512, replace=False)
    t0 = time.perf_counter()
    loss = train_step(X_train[rows], y_train[rows], step)
    loss = float(loss)
    times.append(time.perf_counter() - t0)
    if step % 10 == 9:
        acc = np.mean(model(X_test).numpy().argmax(1) == y_test)
        print(f"step {step + 1} loss {loss:.3f} acc {acc:.3f} ms/step {1000 * np.mean(times[-9:]):.1f}")
