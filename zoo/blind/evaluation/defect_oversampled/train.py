import numpy as np
import keras
from sklearn.metrics import balanced_accuracy_score, precision_score, recall_score
from sklearn.model_selection import train_test_split

keras.utils.set_random_seed(76)
rng = np.random.default_rng(76)
n = 1400
X = rng.normal(0, 1, (n, 25))
risk = 1.1 * X[:, 0] + 0.9 * X[:, 1] - 0.7 * X[:, 2] + 0.5 * X[:, 3] + rng.normal(0, 0.7, n)
y = (risk > np.quantile(risk, 0.85)).astype(int)
fresh_X = rng.normal(0, 1, (3000, 25))
fresh_risk = 1.1 * fresh_X[:, 0] + 0.9 * fresh_X[:, 1] - 0.7 * fresh_X[:, 2] + 0.5 * fresh_X[:, 3] + rng.normal(0, 0.7, 3000)
fresh_y = (fresh_risk > np.quantile(risk, 0.85)).astype(int)


def oversample(a, b):
    pos, neg = np.flatnonzero(b == 1), np.flatnonzero(b == 0)
    pick = np.concatenate([neg, rng.choice(pos, len(neg))])
    rng.shuffle(pick)
    return a[pick], b[pick]


X_all, y_all = oversample(X, y)
X_train, y_train = X_all, y_all
X_val, y_val = train_test_split(X_all, y_all, test_size=0.2, random_state=5)[1::2]

model = keras.Sequential([keras.layers.Input((25,)), keras.layers.Dense(128, activation="relu"),
                          keras.layers.Dropout(0.2), keras.layers.Dense(32, activation="relu"), keras.layers.Dense(1, activation="sigmoid")])
model.compile(optimizer=keras.optimizers.Adam(1e-3), loss="binary_crossentropy", metrics=["accuracy"])
stop = keras.callbacks.EarlyStopping(monitor="val_loss", patience=4, restore_best_weights=True)
model.fit(X_train, y_train, validation_data=(X_val, y_val), epochs=40, batch_size=32, callbacks=[stop], verbose=2)
hat = model.predict(fresh_X, verbose=0).ravel() > 0.5
print("new parts: balanced accuracy %.3f precision %.3f recall %.3f" % (
    balanced_accuracy_score(fresh_y, hat), precision_score(fresh_y, hat), recall_score(fresh_y, hat)))
