import numpy as np
import keras
from keras import layers
from sklearn.metrics import precision_score, recall_score, roc_auc_score


def letters(n, seed):
    g = np.random.default_rng(seed)
    spam = g.uniform(size=n) < 0.22
    lam_h = np.r_[np.full(20, 0.6), np.full(20, 0.15)]
    lam_s = np.r_[np.full(20, 0.35), np.linspace(0.2, 0.9, 20)]
    counts = g.poisson(np.where(spam[:, None], lam_s, lam_h) * g.gamma(4, 0.25, (n, 1)))
    caps = g.beta(np.where(spam, 3, 2), 8)
    return np.c_[np.log1p(counts), caps * 5].astype("float32"), spam.astype("int32")


keras.utils.set_random_seed(55)
x, y = letters(4000, 55)
xt, yt = letters(1500, 56)
model = keras.Sequential([layers.Input((41,)), layers.Dense(24, activation="relu"), layers.Dropout(0.2), layers.Dense(2, activation="softmax")])
model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(x, y, epochs=10, batch_size=32, validation_split=0.1, verbose=2)
ham_p, spam_p = 0, 1
scores = model.predict(xt, verbose=0)
flag = (scores[:, spam_p] > 0.5).astype(int)
print("precision %.3f" % precision_score(yt, flag), "recall %.3f" % recall_score(yt, flag),
      "auc %.3f" % roc_auc_score(yt, scores[:, spam_p]))
