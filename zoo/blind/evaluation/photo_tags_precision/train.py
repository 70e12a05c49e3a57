import numpy as np
import tensorflow as tf
import keras
from keras import layers

TAGS = 16


def photos(n, rng, W):
    z = rng.normal(0, 1, (n, 12))
    blank = rng.uniform(size=(n, 1)) < 0.5
    x = np.tanh(z @ rng_mix) + rng.normal(0, 0.03, (n, 20))
    s = z @ W - 2.5 - 7.0 * blank
    x = np.hstack([x, blank])
    return x.astype("float32"), (s + rng.logistic(0, 0.12, s.shape) > 0).astype("float32")


def macro_precision_recall(y_true, y_hat):
    hit = (y_true * y_hat).sum(axis=1)
    p = np.divide(hit, y_hat.sum(axis=1), out=np.zeros_like(hit), where=y_hat.sum(axis=1) > 0)
    r = np.divide(hit, y_true.sum(axis=1), out=np.zeros_like(hit), where=y_true.sum(axis=1) > 0)
    return p.mean(), r.mean()


keras.utils.set_random_seed(23)
rng = np.random.default_rng(23)
rng_mix = rng.normal(0, 0.2, (12, 20))
W = rng.normal(0, 1, (12, TAGS)) * (rng.uniform(size=(12, TAGS)) < 0.3) * 1.6
X, Y = photos(7000, rng, W)
print("tags per photo", Y.sum(1).mean())
model = keras.Sequential([layers.Input((21,)), layers.Dense(96, activation="relu"), layers.Dense(64, activation="relu"),
                          layers.Dense(TAGS, activation="sigmoid")])
model.compile(optimizer=keras.optimizers.Adam(2e-3), loss="binary_crossentropy")
for epoch in range(12):
    order = rng.permutation(6000)
    for k in range(0, 6000, 100):
        sel = order[k:k + 100]
        loss = model.train_on_batch(X[sel], Y[sel])
    hat = (model.predict(X[6000:], verbose=0) > 0.5).astype("float32")
    print("epoch %d loss %.4f macro precision %.3f macro recall %.3f" % (epoch, loss, *macro_precision_recall(Y[6000:], hat)))
