import keras
import numpy as np
from keras import layers

rng = np.random.default_rng(65)
n, L, V = 5000, 5, 8
src = rng.integers(1, V, (n, L))
dst = np.sort(src, axis=1)
one_hot = np.eye(V, dtype="float32")

model = keras.Sequential([
    keras.Input((L,), dtype="int32"),
    layers.Embedding(V, 16),
    layers.Bidirectional(layers.GRU(48)),
    layers.RepeatVector(L),
    layers.GRU(64, return_sequences=True),
    layers.TimeDistributed(layers.Dense(V, activation="softmax")),
])
model.compile(keras.optimizers.Adam(0.005), "categorical_crossentropy", metrics=["accuracy"])
model.fit(src[:4400], one_hot[dst[:4400]], epochs=12, batch_size=100, validation_data=(src[4400:], one_hot[dst[4400:]]), verbose=2)
out = model.predict(src[4400:], verbose=0).argmax(-1)
print("whole sequences right", (out == dst[4400:]).all(1).mean(), src[4400], out[0])
