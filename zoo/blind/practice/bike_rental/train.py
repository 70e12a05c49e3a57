import numpy as np
import pandas as pd
import keras
from keras.callbacks import EarlyStopping
from sklearn.metrics import mean_absolute_error, r2_score
from sklearn.model_selection import train_test_split

keras.utils.set_random_seed(33)
rng = np.random.default_rng(33)
n = 6000
df = pd.DataFrame({"hour": rng.integers(0, 24, n), "temp": rng.normal(14, 9, n), "workday": rng.random(n) < 5 / 7,
                   "rain": rng.random(n) < 0.2})
peak = np.exp(-((df.hour - 8) / 1.5) ** 2) + 1.2 * np.exp(-((df.hour - 17.5) / 2) ** 2)
mid = np.exp(-((df.hour - 14) / 4) ** 2)
df["count"] = rng.poisson((30 + 300 * peak * df.workday + 260 * mid * ~df.workday) *
                          np.clip(0.3 + df.temp / 22, 0.1, 1.5) * (1 - 0.6 * df.rain))
onehot = pd.get_dummies(df["hour"], prefix="h")
X = np.hstack([onehot.to_numpy("float32"), ((df[["temp"]] - 14) / 9).to_numpy("float32"),
               df[["workday", "rain"]].to_numpy("float32")])
y = np.log1p(df["count"].to_numpy("float32"))
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.2, random_state=0)

model = keras.models.Sequential([
    keras.layers.Input((X.shape[1],)),
    keras.layers.Dense(64, activation="relu"),
    keras.layers.Dense(32, activation="relu"),
    keras.layers.Dense(1),
])
model.compile(loss="mse", optimizer="adam")
es = EarlyStopping(monitor="val_loss", mode="max", patience=3, restore_best_weights=True, verbose=1)
model.fit(X_train, y_train, validation_split=0.2, epochs=60, batch_size=64, callbacks=[es], verbose=2)
pred = np.expm1(model.predict(X_test, verbose=0)[:, 0])
print("R2 %.3f  MAE %.1f rentals" % (r2_score(np.expm1(y_test), pred), mean_absolute_error(np.expm1(y_test), pred)))
