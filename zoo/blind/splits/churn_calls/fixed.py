import numpy as np
import pandas as pd
import tensorflow as tf
from sklearn.metrics import classification_report, roc_auc_score
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler
from sklearn.utils import resample

tf.keras.utils.set_random_seed(21)
rng = np.random.default_rng(21)


def customers(n):
    df = pd.DataFrame({
        "months": rng.integers(1, 72, n),
        "day_minutes": rng.normal(180, 50, n),
        "eve_minutes": rng.normal(200, 50, n),
        "night_minutes": rng.normal(200, 50, n),
        "intl_calls": rng.poisson(4, n),
        "service_calls": rng.poisson(1.5, n),
        "voicemail": rng.integers(0, 2, n),
        "monthly": rng.normal(60, 18, n),
        "data_gb": rng.gamma(2, 4, n),
        "drops": rng.poisson(3, n),
        "age": rng.integers(18, 80, n),
    })
    z = (-2.3 + 0.7 * df.service_calls + 0.022 * (df.day_minutes - 180) - 0.035 * df.months
         + 0.03 * (df.monthly - 60) + 0.25 * (df.drops - 3))
    df["churn"] = (rng.random(n) < 1 / (1 + np.exp(-z))).astype(int)
    return df


df = customers(3000)
next_quarter = customers(1500)

train, val = train_test_split(df, test_size=0.25, random_state=0, stratify=df.churn)
stay = train[train.churn == 0]
left = train[train.churn == 1]
left_up = resample(left, replace=True, n_samples=len(stay), random_state=0)
train = pd.concat([stay, left_up])

cols = [c for c in df.columns if c != "churn"]
sc = StandardScaler().fit(train[cols])
X_train, y_train = sc.transform(train[cols]), train.churn.values
X_val, y_val = sc.transform(val[cols]), val.churn.values

model = tf.keras.Sequential([
    tf.keras.layers.Input((len(cols),)),
    tf.keras.layers.Dense(128, activation="relu"),
    tf.keras.layers.Dense(64, activation="relu"),
    tf.keras.layers.Dense(1, activation="sigmoid"),
])
model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy", tf.keras.metrics.AUC(name="auc")])
stop = tf.keras.callbacks.EarlyStopping(monitor="val_auc", mode="max", patience=6, restore_best_weights=True)
model.fit(X_train, y_train, validation_data=(X_val, y_val), epochs=40, batch_size=64, callbacks=[stop], verbose=2)

p_val = model.predict(X_val, verbose=0).ravel()
print(classification_report(y_val, p_val > 0.5, digits=3))
print("validation auc", round(roc_auc_score(y_val, p_val), 3))
p_new = model.predict(sc.transform(next_quarter[cols]), verbose=0).ravel()
print("next quarter auc", round(roc_auc_score(next_quarter.churn, p_new), 3))
