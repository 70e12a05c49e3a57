import time

import keras
import numpy as np
from sklearn.datasets import load_digits

keras.utils.set_random_seed(5)
data = load_digits()
order = np.random.default_rng(5).permutation(len(data.target))
x = (data.images[order] / 16).astype("float32")[..., None]
y = data.target[order]

model = keras.Sequential([
    keras.layers.Input((8, 8, 1)),
    keras.layers.Conv2D(16, 3, padding="same", activation="relu"),
    keras.layers.MaxPooling2D(),
    keras.layers.Conv2D(32, 3, padding="same", activation="relu"),
    keras.layers.Flatten(),
    keras.layers.Dense(64, activation="relu"),
    keras.layers.Dense(10, activation="softmax"),
])

rate = 2e-3
model.compile(keras.optimizers.RMSprop(rate), "sparse_categorical_crossentropy", metrics=["accuracy"])
start = time.time()
for part in range(24):
    model.optimizer.learning_rate = rate
    seen = model.fit(x[:1400], y[:1400], batch_size=100, epochs=1, verbose=0)
    print(f"part {part + 1}: rate {rate:.5f}, loss {seen.history['loss'][-1]:.4f}")
    rate *= 0.95
print("seconds", round(time.time() - start, 2), "test accuracy", model.evaluate(x[1400:], y[1400:], verbose=0)[1])
