import numpy as np
import tensorflow as tf
import keras
from keras import layers

keras.utils.set_random_seed(21)
rs = np.random.RandomState(21)

HOURS = 9000
WINDOW = 24

# station log: pressure [Pa], temperature [K], relative humidity [%]
front = np.zeros(HOURS)
for t in range(2, HOURS):
    front[t] = 1.90 * front[t - 1] - 0.906 * front[t - 2] + rs.randn() * 6.
pressure = 101325. + 5 * front + rs.randn(HOURS) * 15.
hour = np.arange(HOURS) % 24
temperature = 288. + 5 * np.sin((hour - 9) / 24 * 2 * np.pi) + 0.005 * front + rs.randn(HOURS)
humidity = np.clip(65 - 1.5 * (temperature - 288) + rs.randn(HOURS) * 5, 5, 100)
table = np.stack([pressure, temperature, humidity], axis=1).astype('float32')

# will the pressure be lower in 6 hours
future = front[6:] - front[:-6]
xs, ys = [], []
for i in range(WINDOW, HOURS - 6):
    xs.append(table[i - WINDOW:i])
    ys.append(1.0 if future[i - 1] < 0 else 0.0)
xs = np.array(xs)
ys = np.array(ys, dtype='float32')
cut = int(0.8 * len(xs))
xtr, ytr, xte, yte = xs[:cut], ys[:cut], xs[cut:], ys[cut:]
mu, sd = xtr.mean((0, 1)), xtr.std((0, 1))
xtr, xte = (xtr - mu) / sd, (xte - mu) / sd
print(xtr.shape, ytr.mean(), yte.mean())

train_ds = tf.data.Dataset.from_tensor_slices((xtr, ytr)).shuffle(8000, seed=1).batch(64).prefetch(2)
test_ds = tf.data.Dataset.from_tensor_slices((xte, yte)).batch(256)


class StormNet(keras.Model):
    def __init__(self):
        super().__init__()
        self.rnn = layers.GRU(24)
        self.fc = layers.Dense(16, activation='relu')
        self.out = layers.Dense(1, activation='sigmoid')

    def call(self, x):
        return self.out(self.fc(self.rnn(x)))


net = StormNet()
net.compile(optimizer='adam', loss='binary_crossentropy', metrics=['accuracy'])
net.fit(train_ds, epochs=12, validation_data=test_ds, verbose=2)
p = net.predict(test_ds, verbose=0)
print('first predictions', p[:8].ravel(), 'std of all', p.std())
print('accuracy by hand', ((p.ravel() > .5) == yte).mean())
