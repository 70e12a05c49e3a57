import numpy as np
import tensorflow as tf
from sklearn.datasets import load_digits

d = load_digits()
o = np.random.RandomState(33).permutation(1797)
x, y = (d.images[o, ..., None] / 16).astype("float32"), d.target[o]
extractor = tf.keras.Sequential([
    tf.keras.layers.Input((8, 8, 1)),
    tf.keras.layers.Conv2D(4, 3, activation="relu"),
    tf.keras.layers.Conv2D(4, 3, activation="relu"),
    tf.keras.layers.GlobalMaxPooling2D(),
])
head = tf.keras.Sequential([tf.keras.layers.Input((4,)), tf.keras.layers.Dense(32, activation="relu"), tf.keras.layers.Dense(10)])
optimizer = tf.keras.optimizers.Adam(0.005)
loss_fn = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)
weights = head.trainable_variables

for epoch in range(10):
    for i in range(0, 1400, 50):
        features = extractor(x[i:i + 50], training=True)
        features = features.numpy()
        with tf.GradientTape() as tape:
            loss = loss_fn(y[i:i + 50], head(features, training=True))
        optimizer.apply_gradients(zip(tape.gradient(loss, weights), weights))
    print("epoch", epoch + 1, "loss", float(loss))
logits = head(extractor(x[1400:])).numpy()
print("accuracy", (logits.argmax(1) == y[1400:]).mean())
