import keras
import numpy as np
import pandas as pd
from sklearn.metrics import r2_score
from sklearn.model_selection import train_test_split

keras.utils.set_random_seed(93)
rng = np.random.default_rng(93)
DAYS = 420
daily = pd.DataFrame(rng.normal(0, 1, (DAYS, 6)), columns=[f"w{i}" for i in range(6)])
level = daily["w0"] + rng.normal(0, 0.8, DAYS)
rows = daily.loc[daily.index.repeat(12)].reset_index(names="day")
hour = np.tile(np.arange(7, 19), DAYS)
rows["s"], rows["c"] = np.sin(hour / 24 * 2 * np.pi), np.cos(hour / 24 * 2 * np.pi)
rows["ozone"] = level.to_numpy()[rows["day"]] + 0.8 * rows["s"] + rng.normal(0, 0.2, len(rows))

past, later = rows[rows["day"] < 330], rows[rows["day"] >= 330]
columns = [c for c in rows if c not in ("day", "ozone")]
train, val = past[past["day"] < 270], past[past["day"] >= 270]
inp = keras.Input((len(columns),))
h = keras.layers.Dense(64, activation="relu")(inp)
h = keras.layers.Dense(64, activation="relu")(h)
model = keras.Model(inp, keras.layers.Dense(1)(h))
model.compile(keras.optimizers.Adam(2e-3), "mse")
stop = keras.callbacks.EarlyStopping("val_loss", patience=5, restore_best_weights=True)
model.fit(train[columns].to_numpy(), train["ozone"].to_numpy()[:, None], epochs=40, batch_size=32,
          validation_data=(val[columns].to_numpy(), val["ozone"].to_numpy()[:, None]), callbacks=[stop], verbose=2)
for name, part in (("validation", val), ("later days", later)):
    print(name, "R2", round(r2_score(part["ozone"], model.predict(part[columns].to_numpy(), verbose=0)), 3))
