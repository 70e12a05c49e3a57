import numpy as np
import keras
from keras import layers, regularizers
from sklearn.metrics import accuracy_score, f1_score

keras.utils.set_random_seed(29)
g = np.random.default_rng(29)
N, V, K = 4000, 600, 5
topics = g.dirichlet(np.full(V, .03), K)
common = g.dirichlet(np.full(V, .3))
y = g.integers(0, K, N)
X = np.stack([g.multinomial(g.integers(30, 90), .92 * common + .08 * topics[k]) for k in y]).astype("float32")
idf = np.log(N / (1 + (X > 0).sum(0)))
X = np.log1p(X) * idf
X = (X / (np.linalg.norm(X, axis=1, keepdims=True) + 1e-9)).astype("float32")

L2 = 1e-3
model = keras.Sequential([
    layers.Input((V,)),
    layers.Dense(64, activation="relu", kernel_regularizer=regularizers.l2(L2)),
    layers.Dropout(0.3),
    layers.Dense(32, activation="relu", kernel_regularizer=regularizers.l2(L2)),
    layers.Dense(K, activation="softmax", kernel_regularizer=regularizers.l2(L2)),
])
model.compile(optimizer=keras.optimizers.Adam(1e-3), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(X[:3200], y[:3200], epochs=7, batch_size=32, validation_data=(X[3200:], y[3200:]), verbose=2)
pred = model.predict(X[3200:], verbose=0).argmax(1)
print("accuracy", accuracy_score(y[3200:], pred), "macro f1", f1_score(y[3200:], pred, average="macro"), np.bincount(pred, minlength=K))
