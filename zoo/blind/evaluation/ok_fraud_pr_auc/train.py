import numpy as np
import keras
from sklearn.metrics import average_precision_score, precision_recall_curve, precision_score, recall_score
from sklearn.model_selection import train_test_split

keras.utils.set_random_seed(305)
r = np.random.default_rng(305)
n = 18000
v = r.normal(0, 1, (n, 8))
amt = r.lognormal(3, 1, n)
s = 1.4 * v[:, 0] + 1.1 * v[:, 1] * (v[:, 2] > 0) + 0.6 * (np.log(amt) - 3) - 3.6
y = r.binomial(1, 1 / (1 + np.exp(-2 * s)))
X = np.c_[v, np.log(amt) - 3].astype("float32")
a, t, ya, yt = train_test_split(X, y, test_size=0.3, stratify=y, random_state=1)
a, b, ya, yb = train_test_split(a, ya, test_size=0.25, stratify=ya, random_state=1)
print("positives", y.sum(), "of", n)
bias = np.log(ya.mean() / (1 - ya.mean()))
model = keras.Sequential([keras.Input((9,)), keras.layers.Dense(24, activation="relu"),
                          keras.layers.Dense(1, activation="sigmoid", bias_initializer=keras.initializers.Constant(bias))])
model.compile(keras.optimizers.Adam(2e-3), "binary_crossentropy", metrics=[keras.metrics.AUC(curve="PR", name="prc")])
model.fit(a, ya, epochs=20, batch_size=256, validation_data=(b, yb), verbose=2)
pr, rc, th = precision_recall_curve(yb, model.predict(b, verbose=0).ravel())
f = 2 * pr * rc / (pr + rc + 1e-9)
cut = th[min(f.argmax(), len(th) - 1)]
p = model.predict(t, verbose=0).ravel()
print("average precision", average_precision_score(yt, p), "cut", cut)
print("precision", precision_score(yt, p > cut), "recall", recall_score(yt, p > cut))
