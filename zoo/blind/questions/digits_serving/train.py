import os
import tempfile
import keras
import numpy as np
from sklearn.datasets import load_digits

keras.utils.set_random_seed(49)
X, y = load_digits(return_X_y=True)
X = X / 16
folder = tempfile.mkdtemp()


def create():
    m = keras.Sequential([
        keras.layers.Input((64,)),
        keras.layers.Dense(80, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ])
    m.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return m


model = create()
model.fit(X[:1400], y[:1400], epochs=12, validation_data=(X[1400:], y[1400:]), verbose=2)
with open(os.path.join(folder, "model.json"), "w") as f:
    f.write(model.to_json())
model.save_weights(os.path.join(folder, "model.weights.h5"))
del model

# ---- serving ----
with open(os.path.join(folder, "model.json")) as f:
    served = keras.models.model_from_json(f.read())
served.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
print("served model", served.evaluate(X[1400:], y[1400:], verbose=0))
