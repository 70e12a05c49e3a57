import numpy as np
import pandas as pd
from sklearn.impute import SimpleImputer
from sklearn.model_selection import StratifiedKFold
from sklearn.preprocessing import StandardScaler
from tensorflow import keras

keras.utils.set_random_seed(64)
rng = np.random.default_rng(64)
n = 800
latent = rng.normal(size=(n, 4))
X = latent @ rng.normal(size=(4, 40)) * 0.5 + rng.normal(size=(n, 40))
logit = 1.1 * latent[:, 0] - 0.9 * latent[:, 1] + 0.6 * latent[:, 2] * latent[:, 3]
df = pd.DataFrame(X, columns=["gene_%d" % i for i in range(40)]).mask(rng.random((n, 40)) < 0.02)
df["malignant"] = (logit + rng.logistic(0, 0.7, n) > 0).astype(int)


def make_model():
    m = keras.Sequential([
        keras.layers.Input((40,)),
        keras.layers.Dense(64, activation="relu"),
        keras.layers.Dense(32, activation="relu"),
        keras.layers.Dense(1, activation="sigmoid"),
    ])
    m.compile(optimizer=keras.optimizers.Adam(1e-3), loss="binary_crossentropy", metrics=["accuracy"])
    return m


X, y = df.drop(columns="malignant").values, df["malignant"].values
accs = []
model = make_model()
for k, (tr, te) in enumerate(StratifiedKFold(5, shuffle=True, random_state=0).split(X, y), 1):
    imp, sc = SimpleImputer(), StandardScaler()
    a = sc.fit_transform(imp.fit_transform(X[tr]))
    b = sc.transform(imp.transform(X[te]))
    model.fit(a, y[tr], epochs=12, batch_size=32, verbose=0)
    loss, acc = model.evaluate(b, y[te], verbose=0)
    accs.append(acc)
    print("fold %d  loss %.4f  accuracy %.4f" % (k, loss, acc))
print("5-fold accuracy %.4f +- %.4f" % (np.mean(accs), np.std(accs)))
