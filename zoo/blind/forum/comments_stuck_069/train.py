import numpy as np
import keras
from keras import layers

keras.utils.set_random_seed(50)
r = np.random.default_rng(50)
V, L, N = 600, 40, 5000
weight = np.zeros(V)
polar = r.choice(np.arange(10, V), 200, replace=False)
weight[polar] = r.normal(0, 1.5, 200)
freq = 1 / np.arange(1, V + 1) ** 0.7
freq /= freq.sum()
x = r.choice(V, size=(N, L), p=freq)
score = weight[x].sum(1)
y = (score - np.median(score) + r.normal(0, 0.8, N) > 0).astype("int32")

model = keras.Sequential([
    layers.Input((L,)),
    layers.Embedding(V, 32),
    layers.GlobalAveragePooling1D(),
    layers.Dense(16, activation="relu"),
    layers.Dense(1, activation="sigmoid"),
])
model.compile(optimizer="sgd", loss="binary_crossentropy", metrics=["accuracy"])
model.fit(x[:4000], y[:4000], batch_size=32, epochs=8, validation_data=(x[4000:], y[4000:]), verbose=2)
