import numpy as np
import pandas as pd
import keras
from sklearn.metrics import precision_score, recall_score, accuracy_score
from sklearn.preprocessing import MinMaxScaler

keras.utils.set_random_seed(90)
rng = np.random.default_rng(90)
parts = []
for state, n in (("worn", 900), ("ok", 3100)):
    wear = rng.gamma(4, 0.35, n) if state == "worn" else rng.gamma(2, 0.2, n)
    rpm = rng.normal(1800, 120, n)
    parts.append(pd.DataFrame({
        "rpm": rpm, "rms": 0.4 + 0.5 * wear * rpm / 1800 + rng.normal(0, 0.12, n),
        "kurtosis": 3 + 1.6 * wear + rng.normal(0, 0.8, n), "temp": 48 + 5 * wear + 0.01 * (rpm - 1800) + rng.normal(0, 2, n),
        "state": state}))
log = pd.concat(parts, ignore_index=True)
y = (log.pop("state") == "worn").astype("int32").to_numpy()
X = MinMaxScaler().fit_transform(log)

n_train = int(0.75 * len(X))
shuffled = rng.permutation(len(X))
train_index, test_index = shuffled[:n_train], shuffled[n_train:]

model = keras.Sequential([
    keras.Input((4,)),
    keras.layers.Dense(24, activation="relu"),
    keras.layers.Dense(12, activation="relu"),
    keras.layers.Dense(1, activation="sigmoid"),
])
model.compile(loss="binary_crossentropy", optimizer=keras.optimizers.Adam(3e-3), metrics=["accuracy"])
model.fit(X[train_index], y[train_index], epochs=20, batch_size=32, verbose=2)
out = (model.predict(X[test_index], verbose=0) > 0.5).astype(int).ravel()
for f in (accuracy_score, precision_score, recall_score):
    print(f.__name__, round(float(f(y[test_index], out)), 3))
