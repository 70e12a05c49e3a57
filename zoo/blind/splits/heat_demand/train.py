import argparse

import numpy as np
import pandas as pd
import tensorflow as tf

parser = argparse.ArgumentParser()
parser.add_argument("--epochs", type=int, default=20)
parser.add_argument("--live-hours", type=int, default=400)
args, _ = parser.parse_known_args()
tf.keras.utils.set_random_seed(12)

rng = np.random.default_rng(12)
hours = pd.date_range("2023-01-01", periods=24 * 220, freq="h")
slow = np.zeros(len(hours))
for i in range(1, len(hours)):
    slow[i] = 0.95 * slow[i - 1] + rng.normal(0, 0.25)
demand = pd.Series(5 + 0.8 * np.sin(2 * np.pi * hours.hour / 24) + slow + rng.normal(0, 0.3, len(hours)), index=hours)


def make_features(s):
    f = pd.DataFrame({"now": s, "before": s.shift(1), "yesterday": s.shift(23)})
    f["smooth"] = s.rolling(3, center=True, min_periods=1).mean()
    f["level"] = s.rolling(24, min_periods=1).mean()
    f["sin"], f["cos"] = np.sin(2 * np.pi * s.index.hour / 24), np.cos(2 * np.pi * s.index.hour / 24)
    return f


history = demand.iloc[:-args.live_hours]
table = make_features(history)
table["next"] = history.shift(-1)
table = table.dropna()
cut = int(0.8 * len(table))
X, y = table.drop(columns="next").to_numpy("float32"), table["next"].to_numpy("float32")
mu, sd = X[:cut].mean(0), X[:cut].std(0)
y_mu, y_sd = y[:cut].mean(), y[:cut].std()
X, y = (X - mu) / sd, (y - y_mu) / y_sd

model = tf.keras.Sequential([
    tf.keras.Input((X.shape[1],)),
    tf.keras.layers.Dense(32, activation="relu"),
    tf.keras.layers.Dense(16, activation="relu"),
    tf.keras.layers.Dense(1),
])
model.compile(optimizer="adam", loss="mse", metrics=["mae"])
model.fit(X[:cut], y[:cut], validation_data=(X[cut:], y[cut:]), epochs=args.epochs, batch_size=32, verbose=2)

# run it as in operation: every hour a forecast from what is known at that hour
rows, truth = [], []
for t in range(len(history), len(demand) - 1):
    rows.append(make_features(demand.iloc[t - 47:t + 1]).iloc[-1].to_numpy("float32"))
    truth.append(demand.iloc[t + 1])
p = model.predict((np.array(rows) - mu) / sd, verbose=0)[:, 0]
truth = (np.array(truth) - y_mu) / y_sd
print("validation R2 %.3f" % (1 - np.mean((model.predict(X[cut:], verbose=0)[:, 0] - y[cut:]) ** 2) / y[cut:].var()))
print("operation  R2 %.3f" % (1 - np.mean((p - truth) ** 2) / truth.var()))
