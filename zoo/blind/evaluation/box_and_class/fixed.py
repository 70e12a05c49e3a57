import numpy as np
import tensorflow as tf
import keras
from keras import layers

SIZE, K = 20, 3


def scene(n, seed):
    r = np.random.default_rng(seed)
    X = r.normal(0, 0.1, (n, SIZE, SIZE, 1)).astype("float32")
    Y = np.zeros((n, K + 4), "float32")
    for i in range(n):
        k = r.integers(K)
        w, h = r.integers(5, 11, 2)
        x0, y0 = r.integers(0, SIZE - w), r.integers(0, SIZE - h)
        patch = np.ones((h, w))
        if k == 1:
            patch[1:-1, 1:-1] = 0
        if k == 2:
            patch[::2] = 0
        X[i, y0:y0 + h, x0:x0 + w, 0] += patch
        Y[i, k] = 1
        Y[i, K:] = np.array([x0 + w / 2, y0 + h / 2, w, h]) / SIZE
    return X, Y


X, Y = scene(2000, 1)
Xv, Yv = scene(400, 2)
keras.utils.set_random_seed(1)
inp = layers.Input((SIZE, SIZE, 1))
h = layers.Conv2D(12, 3, activation="relu", padding="same")(inp)
h = layers.MaxPooling2D()(h)
h = layers.Conv2D(16, 3, activation="relu", padding="same")(h)
h = layers.Flatten()(h)
h = layers.Dense(48, activation="relu")(h)
cls = layers.Dense(K, activation="softmax")(h)
box = layers.Dense(4, activation="sigmoid")(h)
model = keras.Model(inp, layers.Concatenate()([cls, box]))


def detection_loss(y_true, y_pred):
    ce = keras.losses.categorical_crossentropy(y_true[:, :K], y_pred[:, :K])
    l1 = tf.reduce_mean(tf.abs(y_true[:, K:K + 4] - y_pred[:, K:K + 4]), axis=-1)
    return ce + 5.0 * l1


model.compile(optimizer=keras.optimizers.Adam(2e-3), loss=detection_loss)
model.fit(X, Y, batch_size=50, epochs=12, validation_data=(Xv, Yv), verbose=2)
P = model.predict(Xv, verbose=0)
print("class accuracy", (P[:, :K].argmax(1) == Yv[:, :K].argmax(1)).mean())
print("box error in pixels (cx, cy, w, h)", (np.abs(P[:, K:] - Yv[:, K:]).mean(0) * SIZE).round(2))
print("mean box would give", (np.abs(Yv[:, K:] - Y[:, K:].mean(0)).mean(0) * SIZE).round(2))
