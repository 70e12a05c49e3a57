"""Which tokens of an address line belong to the street, the town, the number?"""
import keras
import numpy as np
from keras import layers

keras.utils.set_random_seed(66)
rng = np.random.default_rng(66)
O, STREET, TOWN, NUM = range(4)
V, LEN = 220, 14


def line():
    ids, tags = [], []
    def add(lo, hi, k, tag):
        for _ in range(k):
            ids.append(int(rng.integers(lo, hi))); tags.append(tag)
    add(20, 80, rng.integers(0, 3), O)
    if rng.random() < 0.5:
        ids.append(2); tags.append(O)
        add(80, 200, rng.integers(1, 3), STREET)
        add(200, V, 1, NUM)
        add(20, 80, rng.integers(0, 2), O)
        ids.append(3); tags.append(O)
        add(80, 200, rng.integers(1, 3), TOWN)
    else:
        ids.append(3); tags.append(O)
        add(80, 200, rng.integers(1, 3), TOWN)
        ids.append(2); tags.append(O)
        add(80, 200, rng.integers(1, 3), STREET)
        add(200, V, 1, NUM)
    add(200, V, rng.integers(0, 2), O)
    return ids, tags


data = [line() for _ in range(2400)]
x = np.zeros((2400, LEN), "int32")
t = np.zeros((2400, LEN), "int32")
for i, (a, b) in enumerate(data):
    x[i, :len(a)], t[i, :len(b)] = a[:LEN], b[:LEN]
w = (x > 0).astype("float32")

model = keras.Sequential([
    layers.Input((LEN,)),
    layers.Embedding(V, 16, mask_zero=True),
    layers.Bidirectional(layers.LSTM(24, return_sequences=True)),
    layers.Dense(4, activation="softmax"),
])
model.compile(optimizer=keras.optimizers.Adam(0.0005), loss="sparse_categorical_crossentropy", weighted_metrics=["accuracy"])
stop = keras.callbacks.EarlyStopping(monitor="val_loss", mode="max", patience=2)
hist = model.fit(x[:2000], t[:2000], sample_weight=w[:2000], epochs=14, batch_size=32, verbose=2, callbacks=[stop],
                 validation_data=(x[2000:], t[2000:], w[2000:]))
p = model.predict(x[2000:], verbose=0).argmax(-1)
print("epochs", len(hist.epoch), "token accuracy %.3f" % (((p == t[2000:]) * w[2000:]).sum() / w[2000:].sum()))
