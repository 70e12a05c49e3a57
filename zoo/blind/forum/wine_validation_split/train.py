import keras
from sklearn.datasets import load_wine
from sklearn.preprocessing import scale
import numpy as np

keras.utils.set_random_seed(0)
x, y = load_wine(return_X_y=True)
x = scale(x)
y = keras.utils.to_categorical(y)

model = keras.Sequential([
    keras.layers.Input((13,)),
    keras.layers.Dense(24, activation="relu"),
    keras.layers.Dense(3, activation="softmax"),
])
model.compile(optimizer=keras.optimizers.RMSprop(0.003), loss="categorical_crossentropy", metrics=["accuracy"])
h = model.fit(x, y, epochs=40, batch_size=16, validation_split=0.25, verbose=2)
print("best val_accuracy", max(h.history["val_accuracy"]))
