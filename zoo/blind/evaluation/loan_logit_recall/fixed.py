import numpy as np
import pandas as pd
import tensorflow as tf
import keras

keras.utils.set_random_seed(19)
r = np.random.default_rng(19)
n = 9000
t = pd.DataFrame({"ltv": r.beta(5, 3, n), "dti": r.gamma(4, 7, n), "fico": r.normal(690, 55, n).clip(500, 850),
                  "years": r.exponential(6, n), "purpose": r.choice(list("abcd"), n)})
eff = t.purpose.map({"a": 0.0, "b": 0.15, "c": -0.15, "d": 0.3})
s = 1.5 * (t.ltv - 0.62) + 0.012 * (t.dti - 28) - 0.006 * (t.fico - 690) - 0.02 * (t.years - 6) + eff
s = 1.7 * s
t["late"] = (r.uniform(size=n) < 1 / (1 + np.exp(-s - 0.15))).astype("float32")
X = pd.get_dummies(t.drop(columns="late"), columns=["purpose"], dtype="float32")
for c in ("ltv", "dti", "fico", "years"):
    X[c] = (X[c] - X[c].mean()) / X[c].std()
X = X.to_numpy("float32")
y = t.late.to_numpy()[:, None]

train_ds = tf.data.Dataset.from_tensor_slices((X[:7000], y[:7000])).shuffle(7000, seed=3).batch(128)
val_ds = tf.data.Dataset.from_tensor_slices((X[7000:], y[7000:])).batch(256)
net = keras.Sequential([keras.Input((X.shape[1],)), keras.layers.Dense(16, activation="relu"), keras.layers.Dense(1)])
loss_fn = keras.losses.BinaryCrossentropy(from_logits=True)
opt = keras.optimizers.Adam(2e-3)
scores = {"accuracy": keras.metrics.BinaryAccuracy(), "recall": keras.metrics.Recall(), "precision": keras.metrics.Precision()}


@tf.function
def train_batch(a, b):
    with tf.GradientTape() as tape:
        value = loss_fn(b, net(a, training=True))
    g = tape.gradient(value, net.trainable_variables)
    opt.apply_gradients(zip(g, net.trainable_variables))
    return value


for epoch in range(12):
    total = [train_batch(a, b).numpy() for a, b in train_ds]
    for m in scores.values():
        m.reset_state()
    for a, b in val_ds:
        out = tf.sigmoid(net(a, training=False))
        for m in scores.values():
            m.update_state(b, out)
    print(epoch, "loss %.4f" % np.mean(total), {k: round(float(m.result()), 3) for k, m in scores.items()})
