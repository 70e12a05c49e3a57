import numpy as np
import tensorflow as tf
import keras
from keras import layers
from sklearn.datasets import make_moons

keras.utils.set_random_seed(31)
X, y = make_moons(2000, noise=0.18, random_state=31)
rng = np.random.RandomState(31)
X = np.hstack([X, rng.randn(2000, 6)]).astype("float32")
y = y.astype("float32").reshape(-1, 1)
X_train, y_train, X_val, y_val = X[:1500], y[:1500], X[1500:], y[1500:]

encoder = keras.Sequential([layers.Input((8,)), layers.Dense(16, activation="relu"), layers.Dense(3, activation="relu")])
classifier = keras.Sequential([layers.Input((3,)), layers.Dense(8, activation="relu"), layers.Dense(1, activation="sigmoid")])
bce = keras.losses.BinaryCrossentropy()
opt = keras.optimizers.Adam(1e-2)
variables = encoder.trainable_variables + classifier.trainable_variables

dataset = tf.data.Dataset.from_tensor_slices((X_train, y_train)).shuffle(1500, seed=0).batch(64)
for epoch in range(12):
    epoch_loss = keras.metrics.Mean()
    for xb, yb in dataset:
        with tf.GradientTape() as tape:
            code = encoder(xb, training=True).numpy()
            prob = classifier(code, training=True)
            loss = bce(yb, prob)
        grads = tape.gradient(loss, variables)
        opt.apply_gradients((g, v) for g, v in zip(grads, variables))
        epoch_loss.update_state(loss)
    val_prob = classifier(encoder(X_val)).numpy()
    print(epoch, "loss", float(epoch_loss.result()), "val acc", ((val_prob > 0.5) == y_val).mean())
