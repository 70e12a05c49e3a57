import numpy as np
import keras
from keras import layers
from sklearn.model_selection import train_test_split

keras.utils.set_random_seed(16)
rng = np.random.default_rng(16)
bands = np.linspace(0, 1, 60)
soils = rng.integers(0, 4, 600)
centres, depth = [0.25, 0.32, 0.6, 0.68], [0.30, 0.30, 0.25, 0.35]
spectra = []
for s in soils:
    base = 2.0 + 1.2 * bands + rng.normal(0, 0.15)
    dip = depth[s] * rng.uniform(0.6, 1.4) * np.exp(-((bands - centres[s] - rng.normal(0, 0.012)) / 0.05) ** 2)
    spectra.append(base - dip + rng.normal(0, 0.05, bands.size))
X = np.array(spectra, "float32")
X_train, X_test, y_train, y_test = train_test_split(X, soils, test_size=0.25, random_state=16)


def block(x, units, momentum=0.99):
    x = layers.Dense(units, use_bias=False)(x)
    x = layers.BatchNormalization(momentum=momentum)(x)
    return layers.Activation("relu")(x)


inp = keras.Input((60,))
x = block(inp, 64)
x = block(x, 64)
x = block(x, 32)
out = layers.Dense(4, activation="softmax")(x)
model = keras.Model(inp, out)
model.compile(keras.optimizers.Adam(0.002), "sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(X_train, y_train, epochs=12, batch_size=64, validation_data=(X_test, y_test), verbose=2)
print("train:", model.evaluate(X_train, y_train, verbose=0), "test:", model.evaluate(X_test, y_test, verbose=0))
