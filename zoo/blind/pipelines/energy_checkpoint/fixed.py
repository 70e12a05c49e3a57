import os
import tempfile
import numpy as np
import keras
from keras import layers

keras.utils.set_random_seed(57)
rng = np.random.default_rng(57)

n = 4000
x = rng.uniform(-1, 1, (n, 8))
heating = 22 + 8 * x[:, 0] + 6 * x[:, 1] * x[:, 2] + 4 * np.abs(x[:, 3]) + rng.normal(0, 0.9, n)
cooling = 26 + 7 * x[:, 0] - 5 * x[:, 4] + 3 * x[:, 1] ** 2 + rng.normal(0, 0.9, n)
Y = np.stack([heating, cooling], 1)
ym, ys = Y[:3000].mean(0), Y[:3000].std(0)
Yn = (Y - ym) / ys

model = keras.Sequential([
    layers.Input((8,)),
    layers.Dense(64, activation="relu"),
    layers.Dense(64, activation="relu"),
    layers.Dense(2),
])
model.compile("adam", "mse", metrics=["mae"])

path = os.path.join(tempfile.mkdtemp(), "best.keras")
ckpt = keras.callbacks.ModelCheckpoint(path, monitor="val_mae", mode="min", save_best_only=True)
model.fit(x[:3000], Yn[:3000], validation_data=(x[3000:3500], Yn[3000:3500]), epochs=30, batch_size=32,
          callbacks=[ckpt], verbose=2)

best = keras.models.load_model(path)
loss, mae = best.evaluate(x[3500:], Yn[3500:], verbose=0)
p = best.predict(x[3500:], verbose=0) * ys + ym
print("test mse %.4f mae %.4f" % (loss, mae))
for i, name in enumerate(("heating", "cooling")):
    e = p[:, i] - Y[3500:, i]
    print(name, "rmse", np.sqrt((e ** 2).mean()), "R2", 1 - (e ** 2).sum() / ((Y[3500:, i] - Y[3500:, i].mean()) ** 2).sum())
