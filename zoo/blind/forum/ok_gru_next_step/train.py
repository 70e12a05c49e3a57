import numpy as np
import tensorflow as tf

tf.keras.utils.set_random_seed(55)
rng = np.random.default_rng(55)
T = 3000
e = rng.normal(0, 0.15, T)
s = np.zeros(T)
for i in range(2, T):
    s[i] = 1.72 * s[i - 1] - 0.85 * s[i - 2] + e[i]
sd = s[:2400].std()
s /= sd


class Windows(tf.keras.utils.PyDataset):
    def __init__(self, series, back=20, batch=32, **kw):
        super().__init__(**kw)
        self.s, self.back, self.batch = series.astype("float32"), back, batch
        self.starts = np.random.default_rng(0).permutation(len(series) - back)

    def __len__(self):
        return int(np.ceil(len(self.starts) / self.batch))

    def __getitem__(self, k):
        st = self.starts[k * self.batch:(k + 1) * self.batch]
        return np.stack([self.s[i:i + self.back, None] for i in st]), self.s[st + self.back]


train, test = Windows(s[:2400]), Windows(s[2400:])
model = tf.keras.Sequential([tf.keras.layers.Input((20, 1)), tf.keras.layers.GRU(24), tf.keras.layers.Dense(1)])
model.compile(tf.keras.optimizers.Adam(0.005, clipnorm=1.0), "mse")
model.fit(train, validation_data=test, epochs=12, verbose=2)
x = np.concatenate([test[k][0] for k in range(len(test))]); y = np.concatenate([test[k][1] for k in range(len(test))])
p = model.predict(x, verbose=0).ravel()
print("mse %.4f, last value repeated %.4f, noise floor %.4f" % (np.mean((p - y) ** 2), np.mean((x[:, -1, 0] - y) ** 2), (0.15 / sd) ** 2))
