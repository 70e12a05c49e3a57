import os
import tempfile

import keras
from sklearn.datasets import load_wine
from sklearn.metrics import classification_report
from sklearn.model_selection import StratifiedKFold, train_test_split
from sklearn.preprocessing import StandardScaler

keras.utils.set_random_seed(30)
CKPT = os.path.join(tempfile.mkdtemp(), "fold%d.weights.h5")


def build_model():
    m = keras.Sequential([
        keras.layers.Input((13,)),
        keras.layers.Dense(24, activation="relu"),
        keras.layers.Dense(12, activation="relu"),
        keras.layers.Dense(3, activation="softmax"),
    ])
    m.compile(optimizer=keras.optimizers.Adam(0.01), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return m


X, y = load_wine(return_X_y=True)
X, X_test, y, y_test = train_test_split(X, y, test_size=0.3, stratify=y, random_state=5)
scaler = StandardScaler().fit(X)
X, X_test = scaler.transform(X), scaler.transform(X_test)

results = []
for k, (tr, va) in enumerate(StratifiedKFold(3, shuffle=True, random_state=0).split(X, y)):
    model = build_model()
    keep = keras.callbacks.ModelCheckpoint(CKPT % k, monitor="val_loss", save_best_only=True, save_weights_only=True)
    h = model.fit(X[tr], y[tr], validation_data=(X[va], y[va]), epochs=12, batch_size=16, callbacks=[keep], verbose=0)
    results.append(min(h.history["val_loss"]))
    print("fold %d: best val_loss %.3f, val_accuracy %.3f" % (k, results[-1], max(h.history["val_accuracy"])))

best = results.index(min(results))
final = build_model()
y_hat = final.predict(X_test, verbose=0).argmax(axis=-1)
print("best fold:", best)
print(classification_report(y_test, y_hat, zero_division=0))
