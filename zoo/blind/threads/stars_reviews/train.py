# predict 1-5 stars from a review (token ids)
import numpy as np
import keras
from keras import layers, ops

keras.utils.set_random_seed(17)
rng = np.random.default_rng(17)
n, maxlen, vocab = 5000, 30, 500
polarity = np.concatenate([np.zeros(20), rng.normal(0, 1.0, 60), np.zeros(vocab - 80)])
docs = np.zeros((n, maxlen), dtype="int32")
mood = rng.normal(0, 1, n)
stars = np.digitize(mood, [-1.3, -0.7, -0.1, 0.6]) + 1
for i in range(n):
    L = rng.integers(15, maxlen + 1)
    w = np.ones(vocab); w[0] = 0
    w[20:80] = 4 * np.exp(1.4 * mood[i] * polarity[20:80])
    docs[i, :L] = rng.choice(vocab, L, p=w / w.sum())

x_train, x_test = docs[:4000], docs[4000:]
y_train, y_test = stars[:4000], stars[4000:]
onehot_train, onehot_test = ops.one_hot(y_train, 5), ops.one_hot(y_test, 5)

model = keras.Sequential([
    layers.Input((maxlen,), dtype="int32"),
    layers.Embedding(vocab, 32),
    layers.GlobalAveragePooling1D(),
    layers.Dense(32, activation="relu"),
    layers.Dense(5, activation="softmax"),
])
model.compile("adam", "categorical_crossentropy", metrics=["accuracy"])
model.fit(x_train, onehot_train, epochs=14, batch_size=64, validation_data=(x_test, onehot_test), verbose=2)
pred = model.predict(x_test, verbose=0)
print(pred[:3])
print("accuracy", (pred.argmax(1) == y_test).mean(), "within one star", (abs(pred.argmax(1) - y_test) <= 1).mean())
