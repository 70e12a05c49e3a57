import numpy as np
import keras
from keras.layers import Input, Embedding, Conv1D, GlobalMaxPooling1D, Dense, Dropout
from keras.models import Model

keras.utils.set_random_seed(9)
rng = np.random.default_rng(9)
GENRES = ["action", "comedy", "drama", "horror", "romance", "scifi"]
VOCAB, LEN, N = 350, 40, 5000

Y = np.zeros((N, 6), "int32")
p = np.array([.4, .4, .55, .2, .35, .25])
Y = (rng.random((N, 6)) < p).astype("int32")
Y[Y.sum(1) == 0, 2] = 1
X = rng.integers(100, VOCAB, (N, LEN))
for i in range(N):
    for k in np.flatnonzero(Y[i]):
        m = rng.integers(1, 5)
        X[i, rng.choice(LEN, m, replace=False)] = 1 + 12 * k + rng.integers(0, 12, m)
    m = rng.integers(0, 2)
    X[i, rng.choice(LEN, m, replace=False)] = rng.integers(1, 80, m)


class Batches(keras.utils.PyDataset):
    def __init__(self, x, y, batch_size=64, shuffle=True, **kw):
        super().__init__(**kw)
        self.x, self.y, self.bs, self.shuffle = x, y, batch_size, shuffle
        self.order = np.arange(len(x))
        self.on_epoch_end()

    def __len__(self):
        return int(np.ceil(len(self.x) / self.bs))

    def __getitem__(self, i):
        k = self.order[i * self.bs:(i + 1) * self.bs]
        return self.x[k], self.y[k].astype("float32")

    def on_epoch_end(self):
        if self.shuffle:
            np.random.shuffle(self.order)


a = Input((LEN,), dtype="int32")
h = Embedding(VOCAB, 24)(a)
h = Conv1D(48, 3, padding="same", activation="relu")(h)
h = GlobalMaxPooling1D()(h)
h = Dropout(0.3)(h)
o = Dense(6, activation="sigmoid")(h)
model = Model(a, o)
model.compile(optimizer="adam", loss="binary_crossentropy",
              metrics=["binary_accuracy", keras.metrics.Precision(name="precision"), keras.metrics.Recall(name="recall")])
model.fit(Batches(X[:4000], Y[:4000]), validation_data=Batches(X[4000:], Y[4000:], shuffle=False), epochs=20, verbose=2)
P = model.predict(X[4000:], verbose=0)
for k, name in enumerate(GENRES):
    hit = (P[:, k] > .5) & (Y[4000:, k] == 1)
    print("%-8s recall %.3f" % (name, hit.sum() / Y[4000:, k].sum()))
