import numpy as np
import pandas as pd
import keras
from sklearn.metrics import f1_score, recall_score, precision_score
from sklearn.model_selection import train_test_split
from sklearn.utils import resample


def claims(n, rng):
    df = pd.DataFrame(rng.normal(0, 1, (n, 10)), columns=[f"v{i}" for i in range(10)])
    z = 1.3 * df.v0 - 1.1 * df.v3 + 1.0 * df.v5 * (df.v7 > 0) - 4.0
    df["fraud"] = (rng.random(n) < 1 / (1 + np.exp(-1.4 * z))).astype(int)
    return df


def balance(df):
    minority, majority = df[df.fraud == 1], df[df.fraud == 0]
    more = resample(minority, n_samples=len(majority), random_state=1)
    return pd.concat([majority, more]).sample(frac=1, random_state=1)


rng = np.random.default_rng(83)
keras.utils.set_random_seed(83)
claims_now, claims_later = claims(5000, rng), claims(5000, rng)

claims_now = balance(claims_now)
train, val = train_test_split(claims_now, test_size=0.2, random_state=0)

cols = [c for c in train.columns if c != "fraud"]
model = keras.Sequential([
    keras.Input((len(cols),)),
    keras.layers.Dense(96, activation="relu"),
    keras.layers.Dense(48, activation="relu"),
    keras.layers.Dense(1, activation="sigmoid"),
])
model.compile("adam", "binary_crossentropy", metrics=["accuracy", keras.metrics.AUC(name="auc")])
model.fit(train[cols].values, train.fraud.values, epochs=25, batch_size=64, verbose=2,
          validation_data=(val[cols].values, val.fraud.values),
          callbacks=[keras.callbacks.EarlyStopping(monitor="val_auc", mode="max", patience=5, restore_best_weights=True)])
for name, part in [("validation", val), ("next quarter", claims_later)]:
    hit = model.predict(part[cols].values, verbose=0)[:, 0] > 0.5
    print("%s: balanced accuracy %.3f precision %.3f recall %.3f f1 %.3f" % (
        name, (recall_score(part.fraud, hit) + recall_score(1 - part.fraud, ~hit)) / 2,
        precision_score(part.fraud, hit, zero_division=0), recall_score(part.fraud, hit), f1_score(part.fraud, hit)))
