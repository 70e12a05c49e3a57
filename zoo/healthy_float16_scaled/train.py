import keras
import numpy as np
from keras import layers
from sklearn.datasets import load_digits

keras.mixed_precision.set_dtype_policy("mixed_float16")
x, y = load_digits(return_X_y=True)
shuffled = np.random.default_rng(2).permutation(len(x))
x, y = (x[shuffled] / 16).astype("float32"), y[shuffled]
model = keras.Sequential([
    keras.Input((64,)),
    layers.Dense(96, activation="relu"),
    layers.Dense(10, dtype="float32", activation="softmax"),
])
optimizer = keras.mixed_precision.LossScaleOptimizer(keras.optimizers.Adam(1e-3))
model.compile(optimizer=optimizer, loss="sparse_categorical_crossentropy", metrics=["accuracy"])
hist = model.fit(x[:1400], y[:1400], epochs=15, batch_size=32, validation_data=(x[1400:], y[1400:]), verbose=0)
print("val accuracy", np.round(hist.history["val_accuracy"], 3))
