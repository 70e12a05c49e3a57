# fit y = sin(x) with a small net
import numpy as np
from keras.models import Sequential
from keras.layers import Input, Dense
from keras.optimizers import Adam
import keras

keras.utils.set_random_seed(11)
rng = np.random.RandomState(11)
x = rng.uniform(-np.pi, np.pi, size=(3000, 1))
y = np.sin(x) + rng.normal(0, 0.05, x.shape)
x = x / np.pi

model = Sequential()
model.add(Input((1,)))
model.add(Dense(40, activation='tanh'))
model.add(Dense(40, activation='tanh'))
model.add(Dense(1))
model.compile(loss='mse', optimizer=Adam(0.005))
model.fit(x[:2400], y[:2400], validation_data=(x[2400:], y[2400:]), epochs=45, batch_size=32, verbose=2)

grid = np.linspace(-1, 1, 9).reshape(-1, 1)
for g, p in zip(grid[:, 0], model.predict(grid, verbose=0)[:, 0]):
    print('%6.2f  sin %6.3f  net %6.3f' % (g * np.pi, np.sin(g * np.pi), p))
print('mse on held out:', model.evaluate(x[2400:], y[2400:], verbose=0))
