import numpy as np
import tensorflow as tf

rng = np.random.default_rng(30)
centres = np.array([[0, 0, 0, 0], [1.6, 0, 1, 0], [0, 1.6, 0, 1]])
labels = rng.choice(3, 3600, p=[0.4, 0.35, 0.25])
X = (centres[labels] + rng.normal(0, 1.0, (3600, 4))).astype("float32")
train_X, train_y, test_X, test_y = X[:3000], labels[:3000], X[3000:], labels[3000:]

first = np.flatnonzero(train_y == 0)[:90]
WORKERS = 4
files = [first[:30], first[30:60], first[60:], np.setdiff1d(np.arange(3000), first)]
loss_fn = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)
model = tf.keras.Sequential([tf.keras.layers.Input((4,)), tf.keras.layers.Dense(16, activation="relu"), tf.keras.layers.Dense(3)])
opt = tf.keras.optimizers.Adam(0.005)


@tf.function(reduce_retracing=True)
def worker_grads(xb, yb):
    with tf.GradientTape() as tape:
        loss = loss_fn(yb, model(xb, training=True))
    return tape.gradient(loss, model.trainable_variables), loss


for step in range(400):
    collected = []
    for w in range(WORKERS):
        rows = rng.choice(files[w], 32)
        collected.append(worker_grads(tf.constant(train_X[rows]), tf.constant(train_y[rows]))[0])
    opt.apply_gradients(zip([tf.add_n(g) / WORKERS for g in zip(*collected)], model.trainable_variables))
pred = model(test_X).numpy().argmax(1)
print("shard sizes", [len(f) for f in files])
print("test accuracy", (pred == test_y).mean(), "recall per class", [(pred[test_y == c] == c).mean().round(3) for c in range(3)])
