import numpy as np
import keras
from keras import layers
from sklearn.metrics import accuracy_score

keras.utils.set_random_seed(23)
rng = np.random.default_rng(23)

FS, T = 1024, 256


def vibration(state, n):
    t = np.arange(T) / FS
    rpm = rng.normal(30, 1.5, n)[:, None]
    x = np.sin(2 * np.pi * rpm * t + rng.uniform(0, 6.28, (n, 1)))
    fault = {0: None, 1: 3.57, 2: 5.43, 3: 2.36}[state]
    if fault:
        depth = rng.gamma(4, 0.14, (n, 1))
        x = x + depth * np.sin(2 * np.pi * rpm * fault * t + rng.uniform(0, 6.28, (n, 1)))
    return x + rng.normal(0, 0.9, (n, T))


signals = np.concatenate([vibration(s, 1100) for s in range(4)])
state = np.repeat(np.arange(4), 1100)


def spectrum(sig):
    f = np.fft.rfft(sig * np.hanning(T), axis=1)[:, :96]
    return np.abs(f).astype("float32")


feat = spectrum(signals)
perm = rng.permutation(len(feat))
feat, state = feat[perm], state[perm]
a, b = int(.7 * len(feat)), int(.85 * len(feat))
mu, sd = feat[:a].mean(0), feat[:a].std(0)
feat = (feat - mu) / sd


class Classifier(keras.Model):
    def __init__(self):
        super().__init__()
        self.d1 = layers.Dense(48, activation="relu")
        self.drop = layers.Dropout(0.3)
        self.out = layers.Dense(4)

    def call(self, x, training=None):
        return self.out(self.drop(self.d1(x), training=training))


m = Classifier()
m.compile(optimizer=keras.optimizers.Adam(1e-3),
          loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True), metrics=["accuracy"])
m.fit(feat[:a], state[:a], validation_data=(feat[a:b], state[a:b]), epochs=20, batch_size=32, verbose=2)
print("test:", accuracy_score(state[b:], m.predict(feat[b:], verbose=0).argmax(-1)))
