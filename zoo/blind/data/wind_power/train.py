import keras
import numpy as np
from sklearn.metrics import r2_score

keras.utils.set_random_seed(37)
rng = np.random.default_rng(37)
v = rng.weibull(2, 2500) * 8
turb = rng.normal(0, 1, 2500)
power = 1 / (1 + np.exp(-(v - 8) * 0.8)) + 0.03 * turb + rng.normal(0, 0.02, 2500) + 0.2
x = np.c_[(v - v.mean()) / v.std(), turb].astype("float32")
y = power.astype("float32").reshape(-1, 1)
model = keras.Sequential([
    keras.Input((2,)),
    keras.layers.Dense(24, activation="relu"),
    keras.layers.Dense(24, activation="relu"),
    keras.layers.Dense(1, activation="softplus"),
])
model.compile(optimizer="rmsprop", loss=keras.losses.CosineSimilarity())
model.fit(x[:2000], y[:2000], epochs=20, batch_size=50, validation_data=(x[2000:], y[2000:]), verbose=2)
print("R2", r2_score(y[2000:], model.predict(x[2000:], verbose=0)))
