import numpy as np
import tensorflow as tf
from sklearn.datasets import make_s_curve

points, t = make_s_curve(3000, noise=0.05, random_state=0)
t = t / np.std(t)
model = tf.keras.Sequential([
    tf.keras.layers.Input((3,)),
    tf.keras.layers.Dense(64, activation="relu"),
    tf.keras.layers.Dense(64, activation="relu"),
    tf.keras.layers.Dense(1),
])
model.compile(optimizer=tf.keras.optimizers.Adam(2e-3), loss="mse", jit_compile=True)
model.fit(points[:2500], t[:2500], epochs=12, batch_size=50, verbose=2)
err = model.predict(points[2500:], batch_size=500, verbose=0)[:, 0] - t[2500:]
print("test mse", np.mean(err ** 2))
