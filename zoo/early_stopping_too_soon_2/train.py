import keras
import numpy as np
from keras import layers
from sklearn.datasets import load_digits

x, y = load_digits(return_X_y=True)
mix = np.random.default_rng(46).permutation(1797)
x, y = x[mix] / 16.0, y[mix]
model = keras.Sequential([keras.Input((64,)), layers.Dense(64, activation="relu"), layers.Dense(10, activation="softmax")])
model.compile(keras.optimizers.SGD(0.05), "sparse_categorical_crossentropy", metrics=["accuracy"])
early = keras.callbacks.EarlyStopping(monitor="val_loss", mode="max", patience=2, restore_best_weights=True)
history = model.fit(x[:1400], y[:1400], batch_size=32, epochs=40, validation_data=(x[1400:], y[1400:]), callbacks=[early], verbose=2)
print("epochs run:", len(history.epoch), "accuracy:", model.evaluate(x[1400:], y[1400:], verbose=0)[1])
