import numpy as np
import keras
from keras import layers

keras.utils.set_random_seed(16)
rng = np.random.default_rng(16)
angles = rng.uniform(-1.2, 1.2, (3000, 3)).astype("float32")
x = np.cos(angles[:, 0]) + 0.8 * np.cos(angles[:, 0] + angles[:, 1]) + 0.4 * np.cos(angles.sum(1))
y = np.sin(angles[:, 0]) + 0.8 * np.sin(angles[:, 0] + angles[:, 1]) + 0.4 * np.sin(angles.sum(1))
pos = np.stack([x, y], 1).astype("float32")
pos = (pos - pos.mean(0)) / pos.std(0)

model = keras.Sequential([
    layers.Input((3,)),
    layers.Dense(64, activation="relu"),
    layers.Dense(64, activation="relu"),
    layers.Dense(2),
])
model.compile("adam", "mse")
model.fit(angles[:2500], pos[:2500], epochs=25, batch_size=32, validation_data=(angles[2500:], pos[2500:]), verbose=2)
p = model.predict(angles[2500:], verbose=0)
for axis, name in enumerate("xy"):
    e = pos[2500:, axis] - p[:, -1 if p.shape[1] == 1 else axis]
    print(name, "R2", 1 - (e ** 2).mean() / pos[2500:, axis].var())
