import numpy as np
import tensorflow as tf
from sklearn.metrics import classification_report

rng = np.random.default_rng(25)
centres = np.array([[0, 0, 2], [2, 0, 0], [0, 2, 0], [2, 2, 2]])
grade = rng.integers(1, 5, 2400)
X = centres[grade - 1] + rng.normal(0, 0.7, (2400, 3))
Y = (grade[:, None] == np.arange(4)).astype("float32")

model = tf.keras.Sequential([
    tf.keras.layers.Input((3,)),
    tf.keras.layers.Dense(32, activation="relu"),
    tf.keras.layers.Dense(4, activation="softmax"),
])
model.compile(optimizer="adam", loss="categorical_crossentropy", metrics=["accuracy"])
model.fit(X[:2000], Y[:2000], epochs=12, batch_size=32, validation_data=(X[2000:], Y[2000:]), verbose=2)
found = model.predict(X[2000:], verbose=0).argmax(axis=1)
print(classification_report(Y[2000:].argmax(axis=1), found, zero_division=0))
