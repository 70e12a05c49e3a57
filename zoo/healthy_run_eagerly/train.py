import keras
import numpy as np
from sklearn.datasets import load_iris


class Scaler(keras.layers.Layer):
    def build(self, shape):
        self.gain = self.add_weight(shape=(shape[-1],), initializer="ones", name="gain")

    def call(self, x):
        return x * self.gain


X, y = load_iris(return_X_y=True)
order = np.random.RandomState(5).permutation(150)
X, y = (X[order] - X.mean(0)) / X.std(0), y[order]
model = keras.Sequential([keras.Input((4,)), Scaler(), keras.layers.Dense(12, activation="relu"), keras.layers.Dense(3, activation="softmax")])
model.compile(keras.optimizers.Adam(0.02), "sparse_categorical_crossentropy", metrics=["accuracy"], run_eagerly=True)
model.fit(X[:110], y[:110], epochs=25, batch_size=16, verbose=0)
print("holdout", model.evaluate(X[110:], y[110:], verbose=0))
