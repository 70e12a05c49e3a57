import numpy as np
from keras import Sequential, layers

rng = np.random.default_rng(66)
N = 2400
frames = rng.normal(0, 0.2, (N, 22, 22, 1)).astype("float32")
corner = rng.integers(0, 4, N)
for f, c in zip(frames, corner):
    r0, c0 = 5 + (c // 2) * 6 + rng.integers(0, 3), 5 + (c % 2) * 6 + rng.integers(0, 3)
    f[r0:r0 + 3, c0:c0 + 3, 0] += 1

cnn = Sequential([
    layers.Input((22, 22, 1)),
    layers.Conv2D(16, 3, padding="valid", activation="relu"),
    layers.Conv2D(16, 3, padding="valid", activation="relu"),
    layers.GlobalMaxPooling2D(),
    layers.Dense(32, activation="relu"),
    layers.Dense(4, activation="softmax"),
])
cnn.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
cnn.fit(frames[:2000], corner[:2000], epochs=10, batch_size=32, validation_data=(frames[2000:], corner[2000:]), verbose=2)
