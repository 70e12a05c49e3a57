import keras
import numpy as np
from keras import layers
from sklearn.model_selection import GroupShuffleSplit, train_test_split

keras.utils.set_random_seed(83)
rng = np.random.default_rng(83)


def person(i, sick, k=20, length=48):
    f, amp, off = rng.uniform(0.06, 0.12), rng.uniform(0.7, 1.4), rng.normal(0, 0.7, 2)
    shape = rng.normal(0, 0.5, 3)
    t = np.arange(length)
    out = []
    for _ in range(k):
        ph = 2 * np.pi * f * t + rng.uniform(0, 6.28)
        a = amp * np.sin(ph) + shape[0] * np.sin(2 * ph) + shape[1] * np.cos(3 * ph)
        b = amp * np.cos(ph + shape[2]) + 0.25 * sick * np.sin(5 * ph)
        out.append(np.stack([a + off[0], b + off[1]], -1) + rng.normal(0, 0.2, (length, 2)))
    return np.array(out)


sick = rng.permutation(np.repeat([0, 1], 70))
X = np.concatenate([person(i, s) for i, s in enumerate(sick)])
y = np.repeat(sick, 20)
who = np.repeat(np.arange(140), 20)
new = who >= 80
X_new, y_new = X[new], y[new]
X, y, who = X[~new], y[~new], who[~new]

tr, va = next(GroupShuffleSplit(1, test_size=0.25, random_state=1).split(X, y, who))

model = keras.Sequential([
    layers.Input((48, 2)),
    layers.Conv1D(24, 7, activation="relu"),
    layers.MaxPooling1D(2),
    layers.Conv1D(32, 5, activation="relu"),
    layers.GlobalAveragePooling1D(),
    layers.Dropout(0.3),
    layers.Dense(16, activation="relu"),
    layers.Dense(1, activation="sigmoid"),
])
model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
model.fit(X[tr], y[tr], validation_data=(X[va], y[va]), epochs=15, batch_size=32, verbose=2)
print("people who joined later:", model.evaluate(X_new, y_new, verbose=0)[1])
