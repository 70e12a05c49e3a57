# regress 8 concentrations from an absorption spectrum
import numpy as np
import keras
from sklearn.metrics import r2_score

keras.utils.set_random_seed(33)
rng = np.random.default_rng(33)
grid = np.linspace(0, 1, 60)
peaks = np.stack([np.exp(-((grid - c) / 0.05) ** 2) for c in np.linspace(0.08, 0.92, 8)])
conc = rng.gamma(2, 2.5, (2000, 8)).astype("float32")
spectra = (conc / 5 @ peaks + rng.normal(0, 0.05, (2000, 60))).astype("float32")

inp = keras.Input((60,))
h = keras.layers.Dense(64, activation="relu")(inp)
h = keras.layers.Dense(64, activation="relu")(h)
out = keras.layers.Dense(8)(h)
model = keras.Model(inp, out)
model.compile("adam", loss=keras.losses.MeanSquaredError())
model.fit(spectra[:1600], conc[:1600], validation_split=0.1, epochs=15, verbose=2)
pred = model.predict(spectra[1600:], verbose=0)
print("R2", r2_score(conc[1600:], pred), "mean conc", conc[1600:].mean(), "mean pred", pred.mean())
