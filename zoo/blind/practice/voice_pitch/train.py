import numpy as np
import keras
from keras import layers
from sklearn.model_selection import train_test_split

rng = np.random.default_rng(2)
n = 2500
sex = rng.integers(0, 2, n)
pitch = np.where(sex == 1, rng.normal(122, 24, n), rng.normal(196, 32, n))
formant = np.where(sex == 1, rng.normal(1080, 110, n), rng.normal(1210, 120, n))
iqr = rng.gamma(4, np.where(sex == 1, 14, 11))
flat = rng.beta(3, 8, n) + 0.05 * sex
X = np.stack([pitch, formant, iqr, flat, rng.normal(0, 1, n)], axis=1)
X_train, X_test, y_train, y_test = train_test_split(X, sex, test_size=0.2, random_state=2)

norm = layers.Normalization()
norm.adapt(X_train)

keras.utils.set_random_seed(2)
inputs = keras.Input(shape=(5,))
x = norm(inputs)
x = layers.Dense(24, activation="relu")(x)
x = layers.Dense(24, activation="relu")(x)
outputs = layers.Dense(1, activation="softmax")(x)
model = keras.Model(inputs, outputs)
model.compile(loss="binary_crossentropy", optimizer="adam", metrics=["accuracy"])
model.fit(X_train, y_train, validation_data=(X_test, y_test), epochs=20, batch_size=32, verbose=2)
print(np.round(model.predict(X_test[:10], verbose=0).ravel(), 3), y_test[:10])
