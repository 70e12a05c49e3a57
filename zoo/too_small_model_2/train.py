import keras
import numpy as np
from keras import layers
from sklearn.metrics import r2_score

rng = np.random.default_rng(56)
a = rng.uniform(-1, 1, (3000, 8)).astype("float32")
w = rng.normal(size=(8, 3))
b = np.sin(a @ w).astype("float32")
b = (b - b.mean(0)) / b.std(0)
WIDTH = 2

reg = keras.Sequential([keras.Input((8,)), layers.Dense(WIDTH, activation="tanh"), layers.Dense(3)])
reg.compile(keras.optimizers.Adam(0.005), "mse")
reg.fit(a[:2500], b[:2500], epochs=30, batch_size=32, verbose=0, validation_data=(a[2500:], b[2500:]))
for part, name in ((slice(0, 2500), "train"), (slice(2500, None), "test")):
    print(name, "R2", r2_score(b[part], reg.predict(a[part], verbose=0)))
