import numpy as np
import pandas as pd
import keras
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler

keras.utils.set_random_seed(26)
rng = np.random.default_rng(26)
n = 4000
df = pd.DataFrame({
    "age": rng.integers(18, 80, n),
    "bmi": rng.normal(27, 4.5, n),
    "children": rng.poisson(1.1, n),
    "smoker": rng.binomial(1, 0.2, n),
    "region": rng.choice(["n", "s", "e", "w"], n),
})
df["charges"] = np.exp(7.6 + 0.025 * df.age + 0.9 * df.smoker + 0.03 * df.smoker * (df.bmi - 27) + 0.08 * df.children + rng.normal(0, 0.35, n))
df["log_charges"] = np.log(df.charges)
df = pd.get_dummies(df, columns=["region"], dtype=float)

target = df.pop("log_charges")
features = df.copy()
features.drop(columns=["charges"])
features["charges"] = np.log(features["charges"])
X_train, X_valid, y_train, y_valid = train_test_split(features, target, test_size=0.2, random_state=26)
std = StandardScaler().fit(X_train)
y0, y1 = y_train.mean(), y_train.std()
net = keras.models.Sequential([
    keras.layers.Input((features.shape[1],)),
    keras.layers.Dense(32, activation="relu"),
    keras.layers.Dense(16, activation="relu"),
    keras.layers.Dense(1),
])
net.compile(loss="mse", optimizer="adam")
net.fit(std.transform(X_train), (y_train - y0) / y1, validation_data=(std.transform(X_valid), (y_valid - y0) / y1),
        epochs=25, batch_size=32, verbose=2)
