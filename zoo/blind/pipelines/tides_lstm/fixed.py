import numpy as np
import keras
from keras import layers
from keras.callbacks import EarlyStopping

keras.utils.set_random_seed(59)
rng = np.random.default_rng(59)

t = np.arange(3000)
level = (1.9 * np.cos(2 * np.pi * t / 12.42) + 0.7 * np.cos(2 * np.pi * t / 12.0 + 1) + 0.4 * np.cos(2 * np.pi * t / 25.8 + 2)
         + 0.15 * np.convolve(rng.normal(0, 1, 3000), np.ones(20) / np.sqrt(20), "same") + rng.normal(0, 0.05, 3000))
scaled = (level - level.min()) / (level.max() - level.min())

W, H = 26, 6
X = np.lib.stride_tricks.sliding_window_view(scaled[:-H], W)[..., None]
y = scaled[W + H - 1:]
X = X[:len(y)]
n = int(0.75 * len(X))

model = keras.Sequential([
    layers.Input((W, 1)),
    layers.LSTM(20),
    layers.Dense(12, activation="relu"),
    layers.Dense(1),
])
model.compile("adam", "mse", metrics=["mae"])
es = EarlyStopping(monitor="val_loss", min_delta=0.0, patience=4, restore_best_weights=True)
h = model.fit(X[:n], y[:n], validation_data=(X[n + W:], y[n + W:]), epochs=25, batch_size=64, callbacks=[es], verbose=2)
p = model.predict(X[n + W:], verbose=0).ravel()
true = y[n + W:]
print("epochs run", len(h.history["loss"]), "RMSE", np.sqrt(((p - true) ** 2).mean()), "R2", 1 - ((p - true) ** 2).mean() / true.var())
