import argparse
import numpy as np
import tensorflow as tf
from tensorflow import keras

parser = argparse.ArgumentParser()
parser.add_argument("--depth", type=int, default=8)
parser.add_argument("--units", type=int, default=64)
parser.add_argument("--epochs", type=int, default=7)
opt = parser.parse_args()

keras.utils.set_random_seed(88)
rng = np.random.default_rng(88)
freq = np.linspace(0, 1, 40)
rock = rng.random(4000) < 0.5
peak = np.where(rock, 0.42, 0.55) + rng.normal(0, 0.1, 4000)
second = np.where(rock, 0.8, 0.7) + rng.normal(0, 0.06, 4000)
echo = (np.exp(-((freq - peak[:, None]) / 0.15) ** 2) + 0.5 * np.exp(-((freq - second[:, None]) / 0.06) ** 2)
        + rng.normal(0, 0.25, (4000, 40)))
echo = (echo - echo.mean(0)) / echo.std(0)
train = tf.data.Dataset.from_tensor_slices((echo[:3200], rock[:3200].astype("float32"))).shuffle(3200).batch(32)
test = tf.data.Dataset.from_tensor_slices((echo[3200:], rock[3200:].astype("float32"))).batch(200)

init = "he_normal"
model = keras.Sequential()
model.add(keras.layers.Input((40,)))
for i in range(opt.depth):
    model.add(keras.layers.Dense(opt.units, activation="relu", kernel_initializer=init))
model.add(keras.layers.Dense(1, kernel_initializer="glorot_uniform"))
model.compile(optimizer=keras.optimizers.SGD(0.01), loss=keras.losses.BinaryCrossentropy(from_logits=True),
              metrics=[keras.metrics.BinaryAccuracy(threshold=0.0)])
model.fit(train, validation_data=test, epochs=opt.epochs, verbose=2)
