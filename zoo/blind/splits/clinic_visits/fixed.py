import numpy as np
import pandas as pd
import keras
from keras import layers
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupShuffleSplit
from sklearn.preprocessing import StandardScaler

keras.utils.set_random_seed(0)
rng = np.random.default_rng(0)
analytes = ["hb", "wbc", "plt", "crea", "urea", "alt", "ast", "crp", "glu", "alb", "na", "k", "ldl", "hdl", "tsh", "vitd"]
mixing = 0.6 * np.eye(16) + 0.15 * rng.normal(size=(16, 16))


def lab_table(n_patients, first_id):
    level = rng.normal(size=(n_patients, 16)) @ mixing
    level /= np.sqrt((mixing ** 2).sum(0))
    z = 1.8 * level[:, 3] + 1.5 * level[:, 7] - 1.2 * level[:, 9] + 0.8 * level[:, 8] - 0.4
    readmitted = (rng.random(n_patients) < 1 / (1 + np.exp(-z))).astype(int)
    visits = rng.integers(3, 8, n_patients)
    who = np.repeat(np.arange(n_patients), visits)
    t = pd.DataFrame(level[who] + rng.normal(0, 0.25, (len(who), 16)), columns=analytes)
    t["patient"] = who + first_id
    t["readmitted"] = readmitted[who]
    return t.sample(frac=1, random_state=1).reset_index(drop=True)


table = lab_table(900, 1000)
print(len(table), "visits of", table.patient.nunique(), "patients, readmitted", table.readmitted.mean())

rows = next(GroupShuffleSplit(1, test_size=0.25, random_state=4).split(table, groups=table.patient))
train, valid = (table.iloc[r] for r in rows)
scale = StandardScaler().fit(train[analytes])

model = keras.Sequential([
    layers.Input((16,)),
    layers.Dense(128, activation="relu"),
    layers.Dense(64, activation="relu"),
    layers.Dense(1, activation="sigmoid"),
])
model.compile(optimizer=keras.optimizers.Adam(5e-4), loss="binary_crossentropy", metrics=["accuracy"])
model.fit(scale.transform(train[analytes]), train.readmitted, batch_size=32, epochs=40, verbose=2,
          validation_data=(scale.transform(valid[analytes]), valid.readmitted),
          callbacks=[keras.callbacks.EarlyStopping(monitor="val_loss", patience=5, restore_best_weights=True)])

ward = lab_table(400, 5000)
for name, t in (("validation", valid), ("patients of the next year", ward)):
    p = model.predict(scale.transform(t[analytes]), verbose=0)[:, 0]
    print(name, "accuracy %.3f auc %.3f" % (((p > .5) == t.readmitted).mean(), roc_auc_score(t.readmitted, p)))
