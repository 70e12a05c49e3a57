import keras
import numpy as np
from keras import layers
from sklearn.datasets import load_digits

keras.utils.set_random_seed(18)
X, y = load_digits(return_X_y=True)
X = ((X - X.mean()) / X.std()).astype("float32")
order = np.random.permutation(len(X))
X, y = X[order], y[order]

inputs = keras.Input((64,))
x = layers.Dense(64, activation="relu")(inputs)
for _ in range(20):
    branch = layers.Dense(64, activation="relu", kernel_initializer="he_normal")(x)
    branch = layers.Dense(64, kernel_initializer="he_normal")(branch)
    x = layers.Add()([x, branch])
outputs = layers.Dense(10, activation="softmax")(x)
model = keras.Model(inputs, outputs)
model.compile(keras.optimizers.SGD(0.01, momentum=0.9), "sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(X[:1400], y[:1400], epochs=8, batch_size=64, validation_data=(X[1400:], y[1400:]), verbose=2)
