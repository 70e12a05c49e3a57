import glob
import os
import tempfile

import keras
import numpy as np

keras.utils.set_random_seed(45)
rng = np.random.default_rng(45)
x = rng.uniform(-1, 1, (1600, 5)).astype("float32")
y = (np.sin(4 * x[:, 0]) + x[:, 1] * x[:, 2] * 2 + rng.normal(0, 0.1, 1600)).astype("float32")[:, None]
folder = tempfile.mkdtemp()
model = keras.Sequential([keras.Input((5,)), keras.layers.Dense(64, activation="relu"), keras.layers.Dense(64, activation="relu"), keras.layers.Dense(1)])
model.compile("adam", "mse", metrics=[keras.metrics.R2Score(name="r2")])
keep = keras.callbacks.ModelCheckpoint(os.path.join(folder, "{val_loss:.4f}.weights.h5"), save_weights_only=True)
model.fit(x[:1200], y[:1200], epochs=30, batch_size=32, validation_data=(x[1200:1400], y[1200:1400]), callbacks=[keep], verbose=2)
files = sorted(glob.glob(os.path.join(folder, "*.weights.h5")))
model.load_weights(files[0])
print("test", model.evaluate(x[1400:], y[1400:], verbose=0, return_dict=True))
