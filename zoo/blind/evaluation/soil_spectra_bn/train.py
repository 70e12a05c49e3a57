import numpy as np
import keras
from keras import layers
from sklearn.metrics import accuracy_score

keras.utils.set_random_seed(101)
rng = np.random.default_rng(101)
wl = np.linspace(0, 1, 60)
kinds = [(0.2, 0.05), (0.45, 0.08), (0.7, 0.06), (0.85, 0.1)]


def spectra(n):
    y = rng.integers(0, 4, n)
    mix = rng.dirichlet(np.full(4, 0.5), n) * 0.8
    mix[np.arange(n), y] += 0.7
    peaks = np.stack([np.exp(-((wl - c) / w) ** 2) for c, w in kinds])
    x = 30 + 12 * (mix @ peaks) + rng.normal(0, 2, (n, 1)) + rng.normal(0, 1.2, (n, 60))
    return x.astype("float32"), y


Xa, ya = spectra(1600)
Xb, yb = spectra(500)

inputs = keras.Input((60,))
h = layers.BatchNormalization(momentum=0.999)(inputs)
for units in (48, 24):
    h = layers.Dense(units, use_bias=False)(h)
    h = layers.BatchNormalization(momentum=0.999)(h)
    h = layers.Activation("relu")(h)
outputs = layers.Dense(4, activation="softmax")(h)
model = keras.Model(inputs, outputs)
model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(Xa, ya, epochs=12, batch_size=64, validation_data=(Xb, yb), verbose=2)
print("test accuracy", accuracy_score(yb, model.predict(Xb, verbose=0).argmax(1)))
