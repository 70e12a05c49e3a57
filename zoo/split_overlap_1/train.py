import numpy as np
import tensorflow as tf
from sklearn.model_selection import train_test_split
from sklearn.utils import resample

rng = np.random.default_rng(22)
X = rng.normal(size=(1600, 20))
y = ((X[:, 0] + X[:, 1] + rng.normal(0, 1.5, 1600)) > 2.6).astype(int)
fresh_X = rng.normal(size=(2000, 20))
fresh_y = ((fresh_X[:, 0] + fresh_X[:, 1] + rng.normal(0, 1.5, 2000)) > 2.6).astype(int)

X_min = X[y == 1]
extra = resample(X_min, n_samples=(y == 0).sum() - len(X_min), random_state=0)
X_bal = np.vstack([X, extra])
y_bal = np.hstack([y, np.ones(len(extra), int)])
X_train, X_val, y_train, y_val = train_test_split(X_bal, y_bal, test_size=0.25, random_state=0)

model = tf.keras.Sequential([tf.keras.layers.Input((20,)), tf.keras.layers.Dense(64, activation="relu"), tf.keras.layers.Dense(64, activation="relu"), tf.keras.layers.Dense(1, activation="sigmoid")])
model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy", tf.keras.metrics.Recall(name="recall")])
model.fit(X_train, y_train, epochs=40, batch_size=32, validation_data=(X_val, y_val), verbose=0)
print("validation", model.evaluate(X_val, y_val, verbose=0))
print("new rows", model.evaluate(fresh_X, fresh_y, verbose=0))
