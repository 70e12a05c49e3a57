import numpy as np
import tensorflow as tf
from tensorflow.keras.layers import LSTM, Dense, Input
from tensorflow.keras.models import Sequential

tf.keras.utils.set_random_seed(23)
gen = np.random.default_rng(23)

STEPS = 70
n = 1500
wet = gen.random((n, STEPS)) < gen.uniform(0.15, 0.6, (n, 1))
rain = wet * gen.gamma(1.4, 4.0, (n, STEPS))
temp = gen.normal(0, 1, (n, 1)) + gen.normal(0, 0.5, (n, STEPS))
store = np.zeros(n)
for t in range(STEPS):
    store = 0.9 * store + rain[:, t] - 0.8 * np.maximum(temp[:, t], 0)
level = (store - store.mean()) / store.std() + gen.normal(0, 0.1, n)
X = np.stack([rain, temp], axis=-1).astype("float32")

model = Sequential()
model.add(Input((STEPS, 2)))
model.add(LSTM(32, activation="tanh"))
model.add(Dense(1))
model.compile(optimizer=tf.keras.optimizers.SGD(0.01, momentum=0.9), loss="mse")
model.fit(X[:1200], level[:1200], epochs=10, batch_size=32, validation_data=(X[1200:], level[1200:]), verbose=2)
p = model.predict(X[1200:], verbose=0).ravel()
print("held out mse", np.mean((p - level[1200:]) ** 2))
