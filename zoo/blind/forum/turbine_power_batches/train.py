import numpy as np
import pandas as pd
import tensorflow as tf
from sklearn.preprocessing import StandardScaler

tf.random.set_seed(3)
tf.keras.utils.set_random_seed(3)
rng = np.random.default_rng(3)
m = 8000
wind = rng.weibull(2, m) * 8
frame = pd.DataFrame({"wind": wind, "air": rng.normal(1.22, 0.04, m), "dir": rng.uniform(0, 360, m),
                      "temp": rng.normal(9, 8, m)})
curve = np.clip((wind - 3) / 9, 0, 1) ** 2 * (3 - 2 * np.clip((wind - 3) / 9, 0, 1))
wake = 1 - 0.25 * np.exp(-((frame["dir"] - 200) / 25) ** 2)
frame["power"] = np.where(wind > 22, 0, curve * wake * frame.air / 1.22) + rng.normal(0, 0.02, m)

features = StandardScaler().fit_transform(frame[["wind", "air", "dir", "temp"]])
goal = StandardScaler().fit_transform(frame[["power"]])
tr, te = np.arange(6400), np.arange(6400, m)

net = tf.keras.Sequential([tf.keras.layers.Input((4,)),
                           tf.keras.layers.Dense(48, activation="relu"),
                           tf.keras.layers.Dense(48, activation="relu"),
                           tf.keras.layers.Dense(1)])
net.compile(tf.keras.optimizers.Adam(1e-3), "mse")
net.fit(features[tr], goal[tr], batch_size=len(tr), epochs=25, validation_data=(features[te], goal[te]), verbose=2)
mse = float(np.mean((net.predict(features[te], verbose=0) - goal[te]) ** 2))
print("R2:", round(1 - mse / float(goal[te].var()), 3))
