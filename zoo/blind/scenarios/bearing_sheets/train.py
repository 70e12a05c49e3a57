import os
import tempfile
from glob import glob
import numpy as np
import pandas as pd
import tensorflow as tf
from sklearn.model_selection import KFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import PowerTransformer, StandardScaler

SEED = 31
tf.keras.utils.set_random_seed(SEED)
r = np.random.RandomState(SEED)
folder = tempfile.mkdtemp()

# one sheet per state of the test bench
for k, state in enumerate(["ball_fault", "healthy", "inner_race", "outer_race"]):
    n = 400
    amp = np.exp(r.normal([0.35, 0.0, 0.5, 0.6][k], 0.3, n))
    t = np.arange(512) / 2048.0
    signals = amp[:, None] * np.sin(2 * np.pi * (30 + r.normal(0, 1, n))[:, None] * t)
    if state != "healthy":
        f = {"ball_fault": 140, "inner_race": 162, "outer_race": 107}[state]
        signals += r.gamma(4, 0.16, n)[:, None] * np.sin(2 * np.pi * (f + r.normal(0, 4, n))[:, None] * t + r.rand(n, 1) * 6)
    signals += r.normal(0, 1.0, signals.shape)
    spec = np.abs(np.fft.rfft(signals))[:, 2:62] / 20
    sheet = pd.DataFrame(spec, columns=["band%02d" % b for b in range(60)])
    sheet["kurt"] = ((signals / signals.std(1, keepdims=True)) ** 4).mean(1)
    sheet["state"] = state
    sheet.to_csv(os.path.join(folder, state + ".csv"), index=False)

frame = pd.concat([pd.read_csv(p) for p in sorted(glob(folder + "/*.csv"))], ignore_index=True)
y, classes = pd.factorize(frame.pop("state"))
X = frame.to_numpy()
print(X.shape, dict(zip(classes, np.bincount(y))))


def net():
    m = tf.keras.Sequential([tf.keras.layers.Input((X.shape[1],)), tf.keras.layers.Dense(24, activation="relu"),
                             tf.keras.layers.Dropout(0.3), tf.keras.layers.Dense(len(classes), activation="softmax")])
    m.compile(loss="sparse_categorical_crossentropy", optimizer=tf.keras.optimizers.Adam(4e-3), metrics=["accuracy"])
    return m


result = []
for tr, va in KFold(n_splits=4).split(X):
    pipe = make_pipeline(PowerTransformer(), StandardScaler())
    a, b = pipe.fit_transform(X[tr]), pipe.transform(X[va])
    model = net()
    model.fit(a, y[tr], epochs=9, batch_size=32, verbose=0, validation_data=(b, y[va]))
    result.append(model.evaluate(b, y[va], verbose=0))
    print("loss %.3f  acc %.3f" % tuple(result[-1]))
print("cross-validated accuracy: %.3f" % np.mean([a for _, a in result]))
