import numpy as np
import tensorflow as tf
import keras
from sklearn.ensemble import RandomForestClassifier

keras.utils.set_random_seed(90)
rng = np.random.default_rng(90)

# particle shower shapes: signal or background
n = 5000
y = (rng.random(n) < .5).astype("float32")
length = np.where(y, rng.gamma(5, 8, n), rng.gamma(3.2, 15, n))
width = length * np.where(y, rng.beta(4, 9, n), rng.beta(4, 6, n))
angle = np.where(y, np.abs(rng.normal(0, 18, n)), rng.uniform(0, 90, n))
size = rng.normal(2.8, .45, n) + .004 * length
asym = rng.normal(0, 1, n) + np.where(y, .4, -.2) * np.sign(length - 40)
noise = rng.normal(0, 1, (n, 3))
X = np.column_stack([np.log(length), np.log(width), angle, size, asym, noise])
X = ((X - X[:4000].mean(0)) / X[:4000].std(0)).astype("float32")

STEEP = 1.0


def switch(x):
    return tf.math.tanh(STEEP * x)


model = keras.Sequential([keras.layers.Input((8,))])
for units in (48, 48, 32, 32):
    model.add(keras.layers.Dense(units, activation=switch))
model.add(keras.layers.Dense(1, activation="sigmoid"))
model.compile(optimizer=keras.optimizers.Adam(1e-3), loss="binary_crossentropy", metrics=["accuracy"])
model.fit(X[:4000], y[:4000], batch_size=64, epochs=15, validation_data=(X[4000:], y[4000:]), verbose=2)
print("forest", RandomForestClassifier(100, random_state=0).fit(X[:4000], y[:4000]).score(X[4000:], y[4000:]))
