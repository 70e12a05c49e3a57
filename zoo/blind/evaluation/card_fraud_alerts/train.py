import numpy as np
import keras
from sklearn.metrics import precision_score, recall_score, average_precision_score
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler

keras.utils.set_random_seed(61)
rng = np.random.default_rng(61)
n = 15000
amount = rng.lognormal(3.5, 1.1, n)
hour = rng.integers(0, 24, n)
foreign = rng.binomial(1, 0.08, n)
velocity = rng.poisson(1.5, n)
age = rng.exponential(400, n)
night = ((hour < 5) | (hour > 22)).astype(float)
lo = -4.5 + 1.1 * (np.log(amount) - 3.5) + 2.4 * foreign + 1.1 * night + 0.7 * (velocity - 1.5) - 0.002 * age
fraud = rng.binomial(1, 1 / (1 + np.exp(-lo)))
X = np.c_[np.log(amount), night, foreign, velocity, np.log1p(age)]
Xa, Xt, ya, yt = train_test_split(X, fraud, test_size=0.3, stratify=fraud, random_state=2)
Xa, Xv, ya, yv = train_test_split(Xa, ya, test_size=0.25, stratify=ya, random_state=2)
sc = StandardScaler().fit(Xa)
Xa, Xv, Xt = map(sc.transform, (Xa, Xv, Xt))

model = keras.Sequential([keras.layers.Input((5,)), keras.layers.Dense(16, activation="relu"),
                          keras.layers.Dense(8, activation="relu"), keras.layers.Dense(1, activation="sigmoid")])
model.compile(keras.optimizers.Adam(3e-3), "binary_crossentropy", metrics=[keras.metrics.AUC(curve="PR", name="pr_auc")])
model.fit(Xa, ya, validation_data=(Xv, yv), epochs=15, batch_size=64, verbose=2)

sv = model.predict(Xv, verbose=0).ravel()
alert_at = 0.9
p = model.predict(Xt, verbose=0).ravel()
alert = p >= alert_at
print("fraud share", yt.mean(), "average precision", average_precision_score(yt, p))
print("precision", precision_score(yt, alert, zero_division=0), "recall", recall_score(yt, alert))
