import numpy as np
import keras
from keras import layers
from sklearn.model_selection import GroupShuffleSplit, ShuffleSplit
from sklearn.metrics import balanced_accuracy_score

keras.utils.set_random_seed(3)
rng = np.random.default_rng(3)

N_PATIENTS, BEATS, T = 80, 36, 80
t = np.linspace(-1, 1, T)


def patient(arrhythmic):
    # everyone's heart has its own morphology; the disease widens the QRS a little
    width = rng.normal(0.10, 0.02) + (0.028 if arrhythmic else 0)
    p_amp, t_amp = rng.normal(0.25, 0.08), rng.normal(0.4, 0.12)
    p_pos, t_pos = rng.normal(-0.5, 0.06), rng.normal(0.45, 0.06)
    q = rng.normal(-0.2, 0.1)
    beats = []
    for _ in range(BEATS):
        a = rng.normal(1, 0.05)
        w = width * rng.normal(1, 0.03)
        b = (a * np.exp(-(t / w) ** 2) + p_amp * np.exp(-((t - p_pos) / 0.1) ** 2)
             + t_amp * np.exp(-((t - t_pos) / 0.15) ** 2) + q * np.exp(-((t + 0.15) / 0.06) ** 2))
        beats.append(b + rng.normal(0, 0.025, T))
    return np.array(beats)


labels = rng.permutation(np.arange(N_PATIENTS) % 2)
X = np.concatenate([patient(l) for l in labels])[..., None].astype("float32")
y = np.repeat(labels, BEATS)
pid = np.repeat(np.arange(N_PATIENTS), BEATS)

splitter = GroupShuffleSplit(n_splits=1, test_size=0.3, random_state=0)
tr, te = next(splitter.split(X, y, pid))

model = keras.Sequential([
    layers.Input((T, 1)),
    layers.Conv1D(16, 7, activation="relu"),
    layers.MaxPooling1D(2),
    layers.Conv1D(32, 5, activation="relu"),
    layers.MaxPooling1D(2),
    layers.Flatten(),
    layers.Dense(64, activation="relu"),
    layers.Dense(1, activation="sigmoid"),
])
model.compile(keras.optimizers.Adam(1e-3), "binary_crossentropy", metrics=["accuracy"])
stop = keras.callbacks.EarlyStopping(monitor="val_loss", patience=3, restore_best_weights=True)
model.fit(X[tr], y[tr], validation_data=(X[te], y[te]), epochs=15, batch_size=32, callbacks=[stop], verbose=2)
p = (model.predict(X[te], verbose=0).ravel() > 0.5).astype(int)
print(f"{len(np.unique(pid[te]))} patients in the test set, balanced accuracy {balanced_accuracy_score(y[te], p):.3f}")
