import numpy as np
import tensorflow as tf
import keras

keras.utils.set_random_seed(306)
rng = np.random.default_rng(306)
n = 3000
length, width = rng.normal(6, 0.7, n), rng.normal(2.8, 0.35, n)
glass = rng.beta(4, 2, n)
gap = 1.2 * (length - 6) - 2.5 * (width - 2.8) + 3 * (glass - 0.65) + 0.8 * (length - 6) * (width - 2.8)
y = np.where(gap + rng.normal(0, 0.35, n) > 0, 1.0, -1.0).astype("float32")[:, None]
x = np.c_[(length - 6) / 0.7, (width - 2.8) / 0.35, (glass - 0.65) / 0.18].astype("float32")


def margin_accuracy(y_true, y_pred):
    return tf.reduce_mean(tf.cast(y_true * y_pred > 0, tf.float32), axis=-1)


net = keras.Sequential([keras.layers.Input((3,)), keras.layers.Dense(16, activation="relu"), keras.layers.Dense(1)])
net.compile(optimizer=keras.optimizers.SGD(0.05, momentum=0.9), loss="squared_hinge", metrics=[margin_accuracy])
net.fit(x[:2400], y[:2400], validation_data=(x[2400:], y[2400:]), epochs=15, batch_size=32, verbose=2)
hat = np.sign(net.predict(x[2400:], verbose=0))
print("test accuracy", (hat == y[2400:]).mean())
