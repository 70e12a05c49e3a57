import numpy as np
from tensorflow import keras
from tensorflow.keras import layers

SPECIES = ["oak", "maple", "birch", "lime", "beech"]
rs = np.random.RandomState(12)
keras.utils.set_random_seed(12)


def outline(k):
    phi = np.linspace(0, 2 * np.pi, 64, endpoint=False) + rs.uniform(0, 0.5)
    lobes, depth, stretch = [(7, .22, 1.3), (5, .35, 1.0), (18, .06, 1.4), (2, .14, 1.05), (3, .10, 1.5)][k]
    r = 1 + depth * rs.uniform(.7, 1.3) * np.cos(lobes * phi) + (stretch - 1) * np.cos(2 * phi) * rs.uniform(.6, 1.4)
    return r + rs.normal(0, 0.12, 64)


data, target = [], []
for k, name in enumerate(SPECIES):
    for _ in range(300):
        data.append(outline(k))
        target.append(k)
data = np.array(data, "float32")[..., None]
target = np.array(target)

model = keras.Sequential([
    layers.Input((64, 1)),
    layers.Conv1D(16, 7, padding="same", activation="relu"),
    layers.MaxPooling1D(2),
    layers.Conv1D(32, 5, padding="same", activation="relu"),
    layers.GlobalMaxPooling1D(),
    layers.Dense(32, activation="relu"),
    layers.Dense(len(SPECIES), activation="softmax"),
])
model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(data, target, epochs=20, batch_size=32, validation_split=0.2, verbose=2)
