import numpy as np
import pandas as pd
import keras
import tensorflow as tf
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler
from sklearn.metrics import classification_report

keras.utils.set_random_seed(11)
rng = np.random.default_rng(11)
N = 6000
df = pd.DataFrame({
    "tenure": rng.gamma(2.0, 14.0, N),
    "monthly": rng.normal(64, 22, N).clip(15, 140),
    "calls": rng.poisson(1.6, N),
    "contract": rng.integers(0, 3, N),
    "fiber": rng.integers(0, 2, N),
    "late": rng.poisson(0.7, N),
})
z = (-0.6 - 0.05 * df.tenure + 0.02 * df.monthly + 0.55 * df.calls
     - 0.9 * df.contract + 0.7 * df.fiber * (df.monthly > 60) + 0.6 * df.late)
df["churn"] = (rng.uniform(size=N) < 1 / (1 + np.exp(-z))).astype(int)
print(df.churn.mean())

X = df.drop(columns="churn").to_numpy("float32")
y = df.churn.to_numpy("float32").reshape(-1, 1)
Xtr, Xte, ytr, yte = train_test_split(X, y, test_size=0.25, stratify=y, random_state=1)
sc = StandardScaler().fit(Xtr)
Xtr, Xte = sc.transform(Xtr), sc.transform(Xte)


def weighted_bce(pos_weight=1.6):
    def loss(y_true, y_pred):
        y_true = tf.cast(y_true, tf.float32)
        y_pred = tf.cast(y_pred, tf.float32)
        y_pred = tf.clip_by_value(y_pred, 1e-6, 1 - 1e-6)
        pos = pos_weight * y_true * tf.math.log(y_pred)
        neg = (1 - y_true) * tf.math.log(1 - y_pred)
        return -tf.reduce_mean(pos + neg, axis=-1)
    return loss


reg = keras.regularizers.L2(1e-4)
model = keras.Sequential([
    keras.Input((X.shape[1],)),
    keras.layers.Dense(32, activation="relu", kernel_regularizer=reg),
    keras.layers.Dense(16, activation="relu", kernel_regularizer=reg),
    keras.layers.Dense(1, activation="sigmoid", kernel_regularizer=reg),
])
model.compile("adam", loss=weighted_bce(), metrics=["accuracy", keras.metrics.AUC(name="auc")])
model.fit(Xtr, ytr, validation_split=0.15, epochs=15, batch_size=64, verbose=2)
pred = (model.predict(Xte, verbose=0) > 0.5).astype(int)
print(classification_report(yte.astype(int), pred, zero_division=0))
