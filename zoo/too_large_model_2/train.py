import keras
import numpy as np
from keras import layers
from sklearn.datasets import load_wine
from sklearn.preprocessing import StandardScaler

keras.utils.set_random_seed(4)
X, y = load_wine(return_X_y=True)
order = np.random.default_rng(4).permutation(178)
X, y = StandardScaler().fit_transform(X)[order], y[order]
xa, ya, xb, yb = X[:120], y[:120], X[120:], y[120:]


def network(hidden):
    m = keras.Sequential([keras.Input((13,))])
    for h in hidden:
        m.add(layers.Dense(h, activation="relu"))
    m.add(layers.Dense(3, activation="softmax"))
    m.compile(keras.optimizers.Adam(0.001), "sparse_categorical_crossentropy", metrics=["accuracy"])
    return m


model = network([16] * 44)
print(len(model.layers), "layers", model.count_params(), "weights")
model.fit(xa, ya, epochs=20, batch_size=16, validation_data=(xb, yb), verbose=2)
