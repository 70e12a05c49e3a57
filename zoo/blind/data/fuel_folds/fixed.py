import keras
import numpy as np
from sklearn.model_selection import KFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

keras.utils.set_random_seed(41)
rng = np.random.default_rng(41)
x = rng.normal(0, 1, (900, 7)) * [1, 3, 10, 0.1, 1, 5, 2]
y = 2 + 0.5 * x[:, 0] - 0.3 * np.abs(x[:, 1]) + 0.08 * x[:, 2] + rng.normal(0, 0.2, 900)
y = (y - y.mean()) / y.std()


def build():
    model = keras.Sequential([keras.Input((7,)), keras.layers.Dense(32, activation="relu"), keras.layers.Dense(32, activation="relu"), keras.layers.Dense(1)])
    model.compile(optimizer=keras.optimizers.Adam(3e-3), loss="mse", metrics=[keras.metrics.R2Score()])
    return model


scores = []
for fold, (a, b) in enumerate(KFold(3, shuffle=True, random_state=0).split(x)):
    prep = make_pipeline(StandardScaler()).fit(x[a])
    model = build()
    model.fit(prep.transform(x[a]), y[a, None], epochs=20, batch_size=32, verbose=0)
    scores.append(model.evaluate(prep.transform(x[b]), y[b, None], verbose=0))
    print("fold", fold, "loss and score", scores[-1])
print("mean", np.mean(scores, axis=0))
