import numpy as np
from sklearn.datasets import load_breast_cancer
from sklearn.model_selection import StratifiedKFold
from sklearn.preprocessing import StandardScaler
import keras
from keras import layers

keras.utils.set_random_seed(7)
rng = np.random.default_rng(7)

data = load_breast_cancer()
# the cheap screening device measures the ten "mean" columns only, and not very exactly
X = data.data[:, :10] * rng.normal(1.0, 0.25, (len(data.data), 10))
y = data.target
flip = rng.random(len(y)) < 0.08
y = np.where(flip, 1 - y, y)


def build():
    m = keras.Sequential([
        layers.Input((10,)),
        layers.Dense(128, activation="relu"),
        layers.Dense(64, activation="relu"),
        layers.Dense(1, activation="sigmoid"),
    ])
    m.compile(keras.optimizers.Adam(2e-3), "binary_crossentropy", metrics=["accuracy"])
    return m


scores = []
model = build()
kf = StratifiedKFold(n_splits=5, shuffle=True, random_state=1)
for fold, (tr, va) in enumerate(kf.split(X, y)):
    sc = StandardScaler().fit(X[tr])
    model.fit(sc.transform(X[tr]), y[tr], epochs=12, batch_size=32, verbose=0)
    loss, acc = model.evaluate(sc.transform(X[va]), y[va], verbose=0)
    print(f"fold {fold}: loss {loss:.3f} accuracy {acc:.3f}")
    scores.append(acc)
print("cv accuracy %.3f +- %.3f" % (np.mean(scores), np.std(scores)))
