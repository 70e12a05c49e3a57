import numpy as np
import pandas as pd
import keras
from sklearn.metrics import balanced_accuracy_score, classification_report
from sklearn.model_selection import train_test_split
from sklearn.utils.class_weight import compute_class_weight

keras.utils.set_random_seed(303)
r = np.random.default_rng(303)
n = 8000
d = pd.DataFrame({"logins": r.poisson(9, n), "tickets": r.poisson(0.8, n), "plan": r.integers(0, 3, n), "months": r.exponential(18, n)})
lo = -1.9 - 0.3 * (d.logins - 9) + 0.9 * d.tickets - 0.5 * d.plan - 0.02 * (d.months - 18)
d["left"] = r.binomial(1, 1 / (1 + np.exp(-1.3 * lo)))
tr, te = train_test_split(d, test_size=0.3, random_state=0, stratify=d.left)
f = ["logins", "tickets", "plan", "months"]
m, s = tr[f].mean(), tr[f].std()
w = dict(enumerate(compute_class_weight("balanced", classes=np.array([0, 1]), y=tr.left)))
net = keras.Sequential([keras.Input((4,)), keras.layers.Dense(16, activation="relu"), keras.layers.Dense(1, activation="sigmoid")])
net.compile("adam", "binary_crossentropy", metrics=["accuracy", "recall"])
net.fit((tr[f] - m) / s, tr.left, class_weight=w, epochs=20, batch_size=64, verbose=2, validation_split=0.1)
p = net.predict((te[f] - m) / s, verbose=0).ravel() > 0.5
print("left:", te.left.mean(), "balanced accuracy:", balanced_accuracy_score(te.left, p))
print(classification_report(te.left, p))
