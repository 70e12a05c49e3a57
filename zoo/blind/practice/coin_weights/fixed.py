import os
import tempfile
import numpy as np
import keras
from sklearn.metrics import accuracy_score
from sklearn.model_selection import train_test_split

keras.utils.set_random_seed(27)
rng = np.random.default_rng(27)
N = 4000
land = rng.integers(0, 5, N)
mass = np.array([3.1, 3.9, 4.1, 5.7, 7.4])[land] + rng.normal(0, 0.35, N)
diam = np.array([18.7, 21.2, 19.7, 22.2, 24.2])[land] + rng.normal(0, 0.7, N)
thick = np.array([1.6, 1.7, 1.9, 2.1, 1.9])[land] + rng.normal(0, 0.12, N)
tone = np.sin(land * 1.7) * 0.8 + rng.normal(0, 0.5, N)
X = np.c_[mass, diam, thick, tone]
X = (X - X.mean(0)) / X.std(0)
X_tr, X_te, y_tr, y_te = train_test_split(X, land, test_size=0.25, random_state=27)

model = keras.Sequential([
    keras.Input((4,)),
    keras.layers.Dense(32, activation="relu"),
    keras.layers.Dense(32, activation="relu"),
    keras.layers.Dense(5, activation="softmax"),
])
model.compile(optimizer=keras.optimizers.Adam(5e-4), loss="sparse_categorical_crossentropy", metrics=["accuracy"])

best = os.path.join(tempfile.mkdtemp(), "best.weights.h5")
keep = keras.callbacks.ModelCheckpoint(best, monitor="val_loss", mode="min", save_best_only=True, save_weights_only=True)
model.fit(X_tr, y_tr, validation_split=0.2, epochs=20, batch_size=64, callbacks=[keep], verbose=2)

model.load_weights(best)
print("test accuracy with the kept weights:", accuracy_score(y_te, model.predict(X_te, verbose=0).argmax(1)))
