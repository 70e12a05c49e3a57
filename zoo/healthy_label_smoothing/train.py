from tensorflow import keras
from sklearn.datasets import make_gaussian_quantiles
import numpy as np

X, y = make_gaussian_quantiles(n_samples=3000, n_features=4, n_classes=3, random_state=25)
Y = keras.utils.to_categorical(y)
model = keras.models.Sequential()
model.add(keras.layers.Input((4,)))
for units in (48, 48):
    model.add(keras.layers.Dense(units, activation="relu", kernel_initializer="he_uniform"))
model.add(keras.layers.Dense(3, activation="softmax"))
model.compile(optimizer="adamax", loss=keras.losses.CategoricalCrossentropy(label_smoothing=0.1), metrics=["categorical_accuracy"])
model.fit(X[:2400], Y[:2400], epochs=30, batch_size=32, validation_data=(X[2400:], Y[2400:]), verbose=2)
