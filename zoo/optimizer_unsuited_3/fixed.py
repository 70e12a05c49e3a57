import keras
import numpy as np
import tensorflow as tf
from keras import layers
from sklearn.datasets import load_digits

d = load_digits()
order = np.random.default_rng(14).permutation(1797)
x, y = (d.data[order] / 16).astype("float32"), d.target[order]
model = keras.Sequential([keras.Input((64,)), layers.Dense(48, activation="relu"), layers.Dense(10)])
ce = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
data = tf.data.Dataset.from_tensor_slices((x[:1400], y[:1400])).shuffle(1400).batch(32)
optimizer = keras.optimizers.Adam(0.003)
for epoch in range(5):
    losses = []
    for xb, yb in data:
        with tf.GradientTape() as tape:
            loss = ce(yb, model(xb, training=True))
        optimizer.apply_gradients(zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables))
        losses.append(float(loss))
    print("epoch", epoch + 1, np.mean(losses))
print("accuracy", (model.predict(x[1400:], verbose=0).argmax(1) == y[1400:]).mean())
