import keras
import numpy as np
from keras import layers

keras.config.set_floatx("float32")
rng = np.random.default_rng(47)
x = rng.uniform(-1, 1, (2000, 4))
strain = 2e-4 * (x[:, 0] + x[:, 1] * x[:, 2])

model = keras.Sequential([keras.Input((4,)), layers.Dense(32, activation="tanh"), layers.Dense(1, kernel_initializer=keras.initializers.RandomNormal(stddev=1e-5))])
model.compile(optimizer=keras.optimizers.Adam(2e-5), loss="mse")
model.fit(x[:1600], strain[:1600], epochs=30, batch_size=32, verbose=2)
p = model.predict(x[1600:], verbose=0)[:, 0].astype("float64")
print("explained", 1 - np.mean((p - strain[1600:]) ** 2) / strain[1600:].var())
