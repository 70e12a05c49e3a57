import numpy as np
import keras
from keras import layers
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold
from sklearn.preprocessing import StandardScaler

keras.utils.set_random_seed(82)
rng = np.random.default_rng(82)

# 300 farms, a few milk samples each; mastitis depends on the farm a little
farms, per = 300, 12
farm = np.repeat(np.arange(farms), per)
hygiene = rng.normal(0, 0.7, farms)[farm]
X = rng.normal(0, 1, (farms * per, 9))
X[:, 0] += 0.5 * hygiene
z = 1.1 * X[:, 0] - 0.9 * X[:, 1] + 0.8 * X[:, 2] * X[:, 3] + 0.5 * hygiene - 0.8
y = (rng.random(len(z)) < 1 / (1 + np.exp(-z))).astype("float32")


def make_model():
    m = keras.Sequential([
        layers.Input((9,)),
        layers.Dense(32, activation="relu", kernel_regularizer=keras.regularizers.L2(1e-4)),
        layers.Dense(16, activation="relu"),
        layers.Dense(1, activation="sigmoid"),
    ])
    m.compile(keras.optimizers.Adam(2e-3), "binary_crossentropy", metrics=["accuracy"])
    return m


oof = np.zeros(len(y))
for tr, va in GroupKFold(3).split(X, y, farm):
    sc = StandardScaler().fit(X[tr])
    net = make_model()
    h = net.fit(sc.transform(X[tr]), y[tr], validation_data=(sc.transform(X[va]), y[va]), epochs=12, batch_size=64, verbose=0)
    print({k: round(v[-1], 3) for k, v in h.history.items()})
    oof[va] = net.predict(sc.transform(X[va]), verbose=0).ravel()
print("AUC", roc_auc_score(y, oof), "accuracy", ((oof > .5) == y).mean())
