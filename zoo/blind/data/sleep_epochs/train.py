import numpy as np
import tensorflow as tf
from sklearn.model_selection import GroupShuffleSplit, ShuffleSplit

tf.keras.utils.set_random_seed(13)
rng = np.random.default_rng(13)


def people(n, per=30):
    x, y, who = [], [], []
    for p in range(n):
        apnea = p % 2
        body = rng.normal(0, 1.0, 24)
        base = body + np.r_[np.full(6, 0.55 if apnea else -0.55), np.zeros(18)]
        x.append(base + rng.normal(0, 0.4, (per, 24)))
        y += [apnea] * per
        who += [p] * per
    return np.concatenate(x).astype("float32"), np.array(y, "float32")[:, None], np.array(who)


x, y, who = people(40)
splitter = ShuffleSplit(1, test_size=0.25, random_state=0)
train, val = next(splitter.split(x, y))
x_new, y_new, _ = people(60)

net = tf.keras.Sequential([tf.keras.layers.Dense(32, activation="relu", kernel_regularizer=tf.keras.regularizers.l2(3e-3)),
                           tf.keras.layers.Dropout(0.3), tf.keras.layers.Dense(1)])
bce = tf.keras.losses.BinaryCrossentropy(from_logits=True)
opt = tf.keras.optimizers.Adam(2e-3)


@tf.function
def step(a, b):
    with tf.GradientTape() as tape:
        value = bce(b, net(a, training=True)) + tf.add_n(net.losses)
    grads = tape.gradient(value, net.trainable_variables)
    opt.apply_gradients(zip(grads, net.trainable_variables))
    return value


def accuracy(a, b):
    return float(np.mean((net(a, training=False).numpy() > 0) == (b > 0.5)))


batches = tf.data.Dataset.from_tensor_slices((x[train], y[train])).shuffle(2000, seed=1).batch(32)
for epoch in range(10):
    losses = [float(step(a, b)) for a, b in batches]
    print(f"epoch {epoch} loss {np.mean(losses):.3f} val accuracy {accuracy(x[val], y[val]):.3f}")
print("clinic of next year:", accuracy(x_new, y_new))
