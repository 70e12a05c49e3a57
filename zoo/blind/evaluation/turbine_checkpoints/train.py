import glob
import os
import tempfile
import numpy as np
import keras
from keras import layers
from sklearn.metrics import f1_score, precision_score, recall_score

keras.utils.set_random_seed(58)
rng = np.random.default_rng(58)
t = np.arange(32)


def blades(n):
    y = rng.binomial(1, 0.3, n)
    f = rng.uniform(0.25, 0.5, n)
    ph = rng.uniform(0, 6.28, n)
    x = np.sin(f[:, None] * t + ph[:, None])
    x += 0.7 * y[:, None] * np.sin(3 * f[:, None] * t + rng.uniform(0, 6.28, n)[:, None])
    return (x + rng.normal(0, 0.35, (n, 32)))[..., None].astype("float32"), y.astype("float32")


X, y = blades(3000)
Xt, yt = blades(800)
folder = tempfile.mkdtemp()
model = keras.Sequential([layers.Input((32, 1)), layers.Conv1D(16, 5, activation="relu"), layers.Conv1D(16, 5, activation="relu"),
                          layers.GlobalAveragePooling1D(), layers.Dense(16, activation="relu"), layers.Dense(1, activation="sigmoid")])
model.compile(keras.optimizers.Adam(2e-3), "binary_crossentropy", metrics=["accuracy"])
save = keras.callbacks.ModelCheckpoint(os.path.join(folder, "w{epoch:02d}.weights.h5"), monitor="val_loss",
                                       save_best_only=True, save_weights_only=True)
model.fit(X, y, epochs=15, batch_size=64, validation_split=0.2, callbacks=[save], verbose=2)

best = sorted(glob.glob(os.path.join(folder, "w*.weights.h5")))[0]
model.load_weights(best)
print("using", os.path.basename(best))
hat = model.predict(Xt, verbose=0).ravel() > 0.5
print("precision %.3f recall %.3f f1 %.3f" % (precision_score(yt, hat, zero_division=0), recall_score(yt, hat), f1_score(yt, hat)))
