# one image at a time, gradients summed over 16 of them
import numpy as np
import tensorflow as tf
from sklearn.datasets import load_wine

tf.keras.utils.set_random_seed(107)
X, y = load_wine(return_X_y=True)
X = ((X - X.mean(0)) / X.std(0)).astype("float32")
order = np.random.permutation(len(X))
train, test = order[:130], order[130:]
model = tf.keras.Sequential([tf.keras.layers.Input((13,)), tf.keras.layers.Dense(12, activation="relu"), tf.keras.layers.Dense(3)])
opt = tf.keras.optimizers.Adam(0.02)
ce = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)
weights = model.trainable_variables


@tf.function
def gradient(x, t):
    with tf.GradientTape() as tape:
        loss = ce(t, model(x, training=True))
    return loss, tape.gradient(loss, weights)


for epoch in range(12):
    np.random.shuffle(train)
    losses, store = [], [tf.zeros_like(w) for w in weights]
    for k, i in enumerate(train, 1):
        loss, g = gradient(X[i:i + 1], y[i:i + 1])
        losses.append(float(loss))
        store = [a + b / 16 for a, b in zip(store, g)]
        if k % 16 == 0:
            opt.apply_gradients(zip(store, weights))
            store = [tf.zeros_like(w) for w in weights]
    acc = (model(X[test]).numpy().argmax(1) == y[test]).mean()
    print(f"epoch {epoch} loss {np.mean(losses):.3f} test accuracy {acc:.3f}")
