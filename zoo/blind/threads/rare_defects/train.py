import numpy as np
import keras
from keras import layers
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score, average_precision_score, confusion_matrix

keras.utils.set_random_seed(41)
g = np.random.default_rng(41)
n = 12000
X = g.normal(0, 1, (n, 12))
X[:, 3] = .6 * X[:, 0] + .8 * X[:, 3]
X[:, 7] = np.abs(X[:, 7])
z = -4.6 + 1.1 * X[:, 0] - .9 * X[:, 1] + 1.2 * X[:, 2] * X[:, 4] + 1.0 * X[:, 7] + .7 * (X[:, 5] > 1)
y = (g.random(n) < 1 / (1 + np.exp(-1.3 * z))).astype("float32")
X = X.astype("float32")
tr, va, te = slice(0, 8000), slice(8000, 10000), slice(10000, n)

pos = y[tr].mean()
model = keras.Sequential([
    keras.Input((12,)),
    layers.Dense(32, activation="relu"),
    layers.Dropout(.2),
    layers.Dense(16, activation="relu"),
    layers.Dense(1, activation="sigmoid"),
])
model.compile(optimizer=keras.optimizers.Adam(2e-3), loss="binary_crossentropy",
              metrics=[keras.metrics.AUC(name="auc"), keras.metrics.AUC(curve="PR", name="prc"), keras.metrics.Recall(name="recall")])
model.fit(X[tr], y[tr], validation_data=(X[va], y[va]), epochs=18, batch_size=128, class_weight={0: .5 / (1 - pos), 1: .5 / pos}, verbose=2)
p = model.predict(X[te], verbose=0).ravel()
lr = LogisticRegression(class_weight="balanced").fit(X[tr], y[tr])
print("share of defects", y.mean())
print("auc %.3f ap %.3f" % (roc_auc_score(y[te], p), average_precision_score(y[te], p)))
print("logistic regression auc %.3f" % roc_auc_score(y[te], lr.decision_function(X[te])))
print(confusion_matrix(y[te], p > .5))
