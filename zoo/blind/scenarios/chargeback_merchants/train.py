import numpy as np
import pandas as pd
import keras
from sklearn.metrics import roc_auc_score, log_loss
from sklearn.preprocessing import StandardScaler

keras.utils.set_random_seed(3)
rng = np.random.default_rng(3)

n = 9000
n_merchants = 2200
risk = rng.normal(0, 0.6, n_merchants)
df = pd.DataFrame({
    "ts": np.sort(rng.integers(0, 360 * 86400, n)),
    "merchant": rng.integers(0, n_merchants, n),
    "amount": np.exp(rng.normal(3.4, 0.8, n)),
    "card_age_days": rng.gamma(2.0, 300, n),
})
df["hour"] = (df.ts // 3600) % 24
df["foreign"] = rng.random(n) < 0.15
z = (0.9 * (np.log(df.amount) - 3.4) + 0.9 * df.foreign + 0.8 * (df.hour < 6)
     - 0.0006 * df.card_age_days + risk[df.merchant] - 0.7)
df["chargeback"] = (rng.random(n) < 1 / (1 + np.exp(-z))).astype(int)

# ---------------------------------------------------------------- features
df = df.sort_values("ts").reset_index(drop=True)
df["log_amount"] = np.log(df.amount)
df["night"] = (df.hour < 6).astype(float)
df["foreign"] = df["foreign"].astype(float)
by_merchant = df.groupby("merchant")["chargeback"]
df["merchant_rate"] = by_merchant.transform("mean")

cols = ["log_amount", "card_age_days", "night", "foreign", "merchant_rate"]
cut = int(len(df) * 0.75)
train, test = df.iloc[:cut], df.iloc[cut:]
scaler = StandardScaler().fit(train[cols])
Xtr, Xte = scaler.transform(train[cols]), scaler.transform(test[cols])
ytr, yte = train.chargeback.values, test.chargeback.values

model = keras.Sequential([
    keras.Input((len(cols),)),
    keras.layers.Dense(24, activation="relu"),
    keras.layers.Dense(12, activation="relu"),
    keras.layers.Dense(1, activation="sigmoid"),
])
model.compile(optimizer=keras.optimizers.Adam(2e-3), loss="binary_crossentropy", metrics=[keras.metrics.AUC(name="auc")])
model.fit(Xtr, ytr, validation_data=(Xte, yte), epochs=12, batch_size=64, verbose=2)

p = model.predict(Xte, verbose=0).ravel()
print("AUC  %.3f   logloss %.3f" % (roc_auc_score(yte, p), log_loss(yte, p)))
