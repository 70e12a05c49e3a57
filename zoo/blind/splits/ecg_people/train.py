import numpy as np
import keras
from keras import layers
from sklearn.metrics import balanced_accuracy_score
from sklearn.model_selection import GroupShuffleSplit

keras.utils.set_random_seed(53)
rng = np.random.default_rng(53)


def beat(width, gap, n=100):
    t = np.linspace(-1, 1, n)
    qrs = np.exp(-(t / (0.05 * width)) ** 2) - 0.25 * np.exp(-((t - 0.12 * width) / 0.06) ** 2)
    p = 0.2 * np.exp(-((t + 0.42) / 0.09) ** 2)
    tw = 0.35 * np.exp(-((t - 0.5 * gap) / 0.14) ** 2)
    return qrs + p + tw


X, y, person = [], [], []
for pid in range(90):
    gain, tilt, w0, g0 = rng.normal(1, .15), rng.normal(0, .12), rng.normal(1, .12), rng.normal(1, .08)
    for _ in range(30):
        late = rng.random() < 0.3
        s = gain * beat(w0 * (1.75 if late else 1) * rng.normal(1, .1), g0 * (1.1 if late else 1) * rng.normal(1, .05))
        X.append(s + tilt * np.linspace(-1, 1, 100) + rng.normal(0, .14, 100))
        y.append(int(late))
        person.append(pid)
X, y, person = np.array(X, "float32")[..., None], np.array(y), np.array(person)

rest, test = next(GroupShuffleSplit(1, test_size=0.2, random_state=0).split(X, y, person))
tr, va = next(GroupShuffleSplit(1, test_size=0.2, random_state=1).split(X[rest], y[rest], person[rest]))
tr, va = rest[tr], rest[va]
m, s = X[tr].mean(), X[tr].std()
X = (X - m) / s

inp = keras.Input((100, 1))
h = layers.Conv1D(16, 7, padding="same", activation="relu")(inp)
h = layers.MaxPooling1D(2)(h)
h = layers.Conv1D(32, 5, padding="same", activation="relu")(h)
h = layers.MaxPooling1D(2)(h)
h = layers.Flatten()(h)
h = layers.Dropout(0.3)(h)
h = layers.Dense(32, activation="relu")(h)
model = keras.Model(inp, layers.Dense(1, activation="sigmoid")(h))
model.compile(optimizer=keras.optimizers.Adam(5e-4), loss="binary_crossentropy", metrics=["accuracy"])
model.fit(X[tr], y[tr], validation_data=(X[va], y[va]), epochs=20, batch_size=32, verbose=2,
          callbacks=[keras.callbacks.EarlyStopping(patience=4, restore_best_weights=True)])
p = model.predict(X[test], verbose=0)[:, 0]
print("people in test:", len(set(person[test])), "balanced accuracy", balanced_accuracy_score(y[test], p > 0.5))
