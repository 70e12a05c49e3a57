# extreme learning machine: the wide layer stays as it was drawn
import keras
import numpy as np
from sklearn.datasets import load_digits

keras.utils.set_random_seed(108)
X, y = load_digits(return_X_y=True)
X = (X - 8) / 8
i = np.random.permutation(len(X))
X, y = X[i], y[i]
inp = keras.Input((64,))
wide = keras.layers.Dense(1500, activation="tanh", kernel_initializer=keras.initializers.RandomNormal(stddev=0.1), trainable=False)
model = keras.Model(inp, keras.layers.Dense(10, activation="softmax")(wide(inp)))
model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
model.summary()
model.fit(X[:1400], y[:1400], validation_data=(X[1400:], y[1400:]), epochs=10, verbose=2)
