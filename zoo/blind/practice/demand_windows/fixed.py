"""Mean demand of the coming 24 hours from the last 48."""
import numpy as np
import keras

keras.utils.set_random_seed(31)
rs = np.random.RandomState(31)
hours = 24 * 220
t = np.arange(hours)
slow = np.zeros(hours)
for i in range(1, hours):
    slow[i] = 0.97 * slow[i - 1] + rs.normal(0, 0.45)
demand = 20 + 3 * np.sin(2 * np.pi * t / 24) + slow + rs.normal(0, 0.5, hours)

past, ahead = 48, 24
starts = np.arange(hours - past - ahead)
X = np.stack([demand[s:s + past] for s in starts])
y = np.array([demand[s + past:s + past + ahead].mean() for s in starts])
clock = np.stack([np.sin(2 * np.pi * (starts + past) / 24), np.cos(2 * np.pi * (starts + past) / 24)], 1)
X = np.hstack([(X - 20) / 3, clock]).astype("float32")
y = ((y - 20) / 3).astype("float32")

# the newest month is kept apart
X_dev, X_live = X[:4000], X[4000 + ahead:]
y_dev, y_live = y[:4000], y[4000 + ahead:]
X_train, X_val = X_dev[:3200], X_dev[3200 + ahead:]
y_train, y_val = y_dev[:3200], y_dev[3200 + ahead:]

model = keras.Sequential([
    keras.layers.Input((past + 2,)),
    keras.layers.Dense(128, activation="relu"),
    keras.layers.Dense(128, activation="relu"),
    keras.layers.Dense(1),
])
model.compile(optimizer=keras.optimizers.Adam(1e-3), loss="mse", metrics=["mae"])
stop = keras.callbacks.EarlyStopping(monitor="val_loss", patience=6, restore_best_weights=True)
model.fit(X_train, y_train, validation_data=(X_val, y_val), epochs=40, batch_size=32, callbacks=[stop], verbose=2)


def r2(a, b):
    return 1 - np.mean((a - b) ** 2) / np.var(a)


print("R2 validation", r2(y_val, model.predict(X_val, verbose=0)[:, 0]))
print("R2 newest month", r2(y_live, model.predict(X_live, verbose=0)[:, 0]))
