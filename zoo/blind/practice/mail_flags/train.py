import numpy as np
import tensorflow as tf
from tensorflow.keras.models import Sequential
from tensorflow.keras.layers import Dense, Input

tf.keras.utils.set_random_seed(9)
rng = np.random.default_rng(9)
# word counts per mail, spam uses some words more often
words = 80
base = rng.gamma(0.6, 0.5, words)
spammy = base.copy()
hot = rng.choice(words, 18, replace=False)
spammy[hot] = spammy[hot] * 1.6 + 0.1
n = 3000
label = (rng.random(n) < 0.4).astype("float32")
counts = rng.poisson(np.where(label[:, None] == 1, spammy, base)).astype("float32")
counts = np.log1p(counts)

x_tr, x_te, y_tr, y_te = counts[:2400], counts[2400:], label[:2400], label[2400:]

clf = Sequential()
clf.add(Input((words,)))
clf.add(Dense(16, activation="relu"))
clf.add(Dense(1, activation="sigmoid"))
clf.compile(loss="categorical_crossentropy", optimizer="adam", metrics=["accuracy"])
clf.fit(x_tr, y_tr.reshape(-1, 1), epochs=12, batch_size=32, validation_data=(x_te, y_te.reshape(-1, 1)), verbose=2)
print(clf.evaluate(x_te, y_te.reshape(-1, 1), verbose=0))
