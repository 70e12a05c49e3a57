import numpy as np
import keras
from sklearn.model_selection import train_test_split

keras.utils.set_random_seed(121)
rng = np.random.default_rng(121)
PATIENTS, SCANS, D = 140, 14, 30


def clinic(patients):
    sick = rng.integers(0, 2, patients)
    body = rng.normal(0, 1.5, (patients, D))
    body[:, :6] += 0.75 * (2 * sick[:, None] - 1)
    who = np.repeat(np.arange(patients), SCANS)
    scans = body[who] + rng.normal(0, 0.7, (patients * SCANS, D))
    return scans.astype("float32"), sick[who], who


X, y, patient = clinic(PATIENTS)
X_new, y_new, _ = clinic(200)
p_train, p_val = train_test_split(np.arange(PATIENTS), test_size=0.25, random_state=1)
i_train, i_val = np.flatnonzero(np.isin(patient, p_train)), np.flatnonzero(np.isin(patient, p_val))

model = keras.Sequential([
    keras.layers.Input((D,)),
    keras.layers.Dense(64, activation="relu"),
    keras.layers.Dropout(0.2),
    keras.layers.Dense(1, activation="sigmoid"),
])
model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
model.fit(X[i_train], y[i_train], validation_data=(X[i_val], y[i_val]), epochs=30, batch_size=32, verbose=2,
          callbacks=[keras.callbacks.EarlyStopping(patience=4, restore_best_weights=True)])
print("patients of the other hospital", model.evaluate(X_new, y_new, verbose=0))
