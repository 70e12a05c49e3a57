import keras
import numpy as np
from keras import layers
from sklearn.preprocessing import LabelEncoder

keras.utils.set_random_seed(57)
rng = np.random.default_rng(57)
SPECIES = ["blackbird", "cuckoo", "finch", "owl", "robin", "wren"]
BASE = dict(zip(SPECIES, [0.08, 0.05, 0.16, 0.03, 0.12, 0.21]))


def record(name):
    t = np.arange(80)
    f = BASE[name] * rng.normal(1, 0.08)
    sweep = {"finch": 0.0007, "wren": -0.0008, "robin": 0.0005}.get(name, 0.0)
    tone = np.sin(2 * np.pi * (f + sweep * t) * t + rng.uniform(0, 6))
    beat = 0.6 + 0.4 * np.sin(2 * np.pi * rng.uniform(0.02, 0.04) * t)
    return tone * beat * rng.uniform(0.5, 1.3) + rng.normal(0, 0.5, 80)


spring = rng.choice(SPECIES, 2000)
autumn = rng.choice([s for s in SPECIES if s != "cuckoo"], 500)
X_train = np.array([record(s) for s in spring])[..., None]
X_test = np.array([record(s) for s in autumn])[..., None]
encoder = LabelEncoder().fit(spring)
y_train = encoder.transform(spring)
y_test = encoder.transform(autumn)

model = keras.Sequential([
    layers.Input((80, 1)),
    layers.Conv1D(32, 9, activation="relu", padding="same"),
    layers.MaxPooling1D(2),
    layers.Conv1D(48, 7, activation="relu", padding="same"),
    layers.GlobalMaxPooling1D(),
    layers.Dense(32, activation="relu"),
    layers.Dense(len(SPECIES), activation="softmax"),
])
model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(X_train, y_train, epochs=15, batch_size=32, validation_data=(X_test, y_test), verbose=2)
