import numpy as np
import keras
from sklearn.metrics import classification_report, roc_auc_score

keras.utils.set_random_seed(12)
rng = np.random.default_rng(12)


def machines(n):
    hot = rng.normal(70, 9, n)
    vib = rng.gamma(3, 0.8, n)
    age = rng.uniform(0, 15, n)
    load = rng.beta(4, 2, n)
    z = 0.09 * (hot - 70) + 0.9 * (vib - 2.4) + 0.18 * (age - 7) + 2.5 * (load - 0.67) - 4.6
    return np.c_[hot, vib, age, load], (rng.random(n) < 1 / (1 + np.exp(-z))).astype(int)


x, y = machines(9000)
xt, yt = machines(4000)
mu, sd = x.mean(0), x.std(0)
share = y.mean()
print("share of faults", share)
weights = {0: 0.5 / (1 - share), 1: 0.5 / share}
net = keras.Sequential([keras.Input((4,)), keras.layers.Dense(16, activation="relu"), keras.layers.Dense(1)])
net.compile(keras.optimizers.Adam(0.002), keras.losses.BinaryCrossentropy(from_logits=True),
            metrics=[keras.metrics.AUC(from_logits=True, name="auc")])
net.fit((x - mu) / sd, y, epochs=12, batch_size=64, class_weight=weights, verbose=2,
        validation_data=((xt - mu) / sd, yt))
logit = net.predict((xt - mu) / sd, verbose=0)[:, 0]
print(classification_report(yt, logit > 0))
print("auc", roc_auc_score(yt, logit))
