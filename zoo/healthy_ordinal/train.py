import keras
import numpy as np
from keras import layers

rng = np.random.default_rng(61)
X = rng.normal(size=(4000, 7))
latent = X @ np.array([1.0, -0.8, 0.6, 0, 0.3, 0, -0.4]) + 0.5 * np.abs(X[:, 3]) + rng.logistic(0, 0.3, 4000)
grade = np.digitize(latent, [-1.2, 0.0, 0.9, 1.8])
levels = (grade[:, None] > np.arange(4)).astype("float32")

inputs = keras.Input((7,))
hidden = layers.Dense(32, activation="relu")(inputs)
outputs = layers.Dense(4, activation="sigmoid")(hidden)
model = keras.Model(inputs, outputs)
model.compile("adam", "binary_crossentropy")
model.fit(X[:3200], levels[:3200], epochs=20, batch_size=32, validation_split=0.1, verbose=0)
pred = (model.predict(X[3200:], verbose=0) > 0.5).sum(1)
print("exact", (pred == grade[3200:]).mean(), "within one", (abs(pred - grade[3200:]) <= 1).mean(), "mae", abs(pred - grade[3200:]).mean())
