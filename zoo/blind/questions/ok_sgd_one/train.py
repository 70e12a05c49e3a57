# sigmoid hidden units and a learning rate of 1, like in the 80s
import numpy as np
import keras
from sklearn.datasets import load_digits

keras.utils.set_random_seed(102)
X, y = load_digits(return_X_y=True)
X = X / 16 - 0.3
T = keras.utils.to_categorical(y)
p = np.random.permutation(len(X))
X, T = X[p], T[p]
model = keras.Sequential([
    keras.layers.Input((64,)),
    keras.layers.Dense(40, activation="sigmoid"),
    keras.layers.Dense(10, activation="sigmoid"),
])
model.compile(keras.optimizers.SGD(learning_rate=1.0, momentum=0.5), loss="mse", metrics=["categorical_accuracy"])
model.fit(X[:1400], T[:1400], batch_size=10, epochs=20, validation_data=(X[1400:], T[1400:]), verbose=2)
