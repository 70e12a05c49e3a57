import keras
import numpy as np
from keras import layers
from sklearn.metrics import r2_score

rng = np.random.default_rng(39)
x = rng.uniform(-1, 1, (240, 5)).astype("float32")
y = (x[:, 0] - x[:, 1] + rng.normal(0, 0.8, 240)).astype("float32")
EPOCHS = 100
model = keras.Sequential([keras.Input((5,)), layers.Dense(96, activation="relu"), layers.Dense(96, activation="relu"), layers.Dense(1)])
model.compile(keras.optimizers.Adam(0.003), "mse")
model.fit(x[:120], y[:120], epochs=EPOCHS, batch_size=16, validation_data=(x[120:], y[120:]), verbose=0)
print("R2 train", r2_score(y[:120], model.predict(x[:120], verbose=0)), "R2 test", r2_score(y[120:], model.predict(x[120:], verbose=0)))
