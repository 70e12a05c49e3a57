import numpy as np
import keras
from keras import layers
from sklearn.metrics import accuracy_score, confusion_matrix
from sklearn.model_selection import train_test_split

keras.utils.set_random_seed(90)
rng = np.random.default_rng(90)

GASES = ["ethanol", "ammonia", "acetone", "ethylene"]
n, T, C = 1600, 48, 6
gas = rng.integers(0, 4, n)
gain = rng.lognormal(0, 0.5, (4, C))
tau = rng.uniform(4, 18, (4, C))
t = np.arange(T)
conc = rng.lognormal(0, 0.35, n)
resp = conc[:, None, None] * gain[gas][:, None, :] * (1 - np.exp(-t[None, :, None] / (tau[gas][:, None, :] * rng.normal(1, .15, (n, 1, C)))))
x = (12 + 9 * resp + rng.normal(0, 1.2, (n, T, C))).astype("float32")     # kOhm

x_train, x_test, y_train, y_test = train_test_split(x, gas, test_size=0.25, random_state=0, stratify=gas)


def conv(h, filters, width):
    h = layers.Conv1D(filters, width, padding="same")(h)
    h = layers.BatchNormalization(momentum=0.9)(h)
    return layers.Activation("relu")(h)


inp = layers.Input((T, C))
h = conv(inp, 24, 5)
h = layers.MaxPooling1D(2)(h)
h = conv(h, 32, 3)
h = layers.GlobalAveragePooling1D()(h)
model = keras.Model(inp, layers.Dense(4, activation="softmax")(h))
model.compile(keras.optimizers.Adam(3e-3), "sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(x_train, y_train, validation_data=(x_test, y_test), batch_size=48, epochs=15, verbose=2)
pred = model.predict(x_test, verbose=0).argmax(1)
print(accuracy_score(y_test, pred))
print(confusion_matrix(y_test, pred))
