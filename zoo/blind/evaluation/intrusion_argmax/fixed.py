import numpy as np
import pandas as pd
from sklearn.compose import ColumnTransformer
from sklearn.metrics import classification_report, confusion_matrix
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import OneHotEncoder, StandardScaler
import keras

keras.utils.set_random_seed(88)
rs = np.random.RandomState(88)
n = 8000
df = pd.DataFrame({
    "proto": rs.choice(["tcp", "udp", "icmp"], n, p=[.7, .2, .1]),
    "duration": rs.exponential(30, n), "bytes_src": rs.lognormal(6, 1.5, n), "bytes_dst": rs.lognormal(6.5, 1.7, n),
    "failed": rs.poisson(0.4, n), "same_host": rs.beta(1.2, 2, n)})
s = 1.3 * df.failed + 3.5 * df.same_host * (df.proto == "tcp") + 0.8 * (np.log(df.bytes_src) - 6) - 0.02 * df.duration - 1.8
df["attack"] = (s + rs.logistic(0, 0.5, n) > 0).astype(int)
for c in ("duration", "bytes_src", "bytes_dst"):
    df[c] = np.log1p(df[c])

train, test = train_test_split(df, test_size=0.25, random_state=8, stratify=df.attack)
ct = ColumnTransformer([("cat", OneHotEncoder(), ["proto"]),
                        ("num", StandardScaler(), ["duration", "bytes_src", "bytes_dst", "failed", "same_host"])])
A, B = ct.fit_transform(train), ct.transform(test)
model = keras.Sequential([
    keras.Input((A.shape[1],)),
    keras.layers.Dense(32, activation="relu"),
    keras.layers.Dense(16, activation="relu"),
    keras.layers.Dense(1, activation="sigmoid")])
model.compile("adam", "binary_crossentropy")
model.fit(A, train.attack.values, epochs=12, batch_size=64, verbose=2, validation_split=0.1)
y_prob = model.predict(B, verbose=0)
y_pred = (y_prob[:, 0] > 0.5).astype(int)
print(confusion_matrix(test.attack, y_pred))
print(classification_report(test.attack, y_pred, zero_division=0))
