import numpy as np
import keras
from keras.models import Sequential
from keras.layers import Dense, Input

keras.utils.set_random_seed(8)
rng = np.random.default_rng(19)
n = 2000
temp = rng.uniform(2, 34, n)
weekend = rng.binomial(1, 2 / 7, n)
price = rng.uniform(2.5, 5.5, n)
rain = rng.exponential(2.0, n)
promo = rng.binomial(1, 0.2, n)
litres = 40 + 3.1 * temp + 28 * weekend - 11 * price - 4 * np.sqrt(rain) + 22 * promo * (temp > 15) + rng.normal(0, 7, n)
X = np.column_stack([temp / 34, weekend, price / 5.5, np.minimum(rain, 10) / 10, promo])
y = litres / litres.max()

model = Sequential([
    Input((5,)),
    Dense(12, activation='relu'),
    Dense(8, activation='relu'),
    Dense(1),
])
model.compile(loss='mean_absolute_error', optimizer='adam')
model.fit(X[:1600], y[:1600], epochs=30, batch_size=32, validation_data=(X[1600:], y[1600:]), verbose=2)
pred = model.predict(X[1600:], verbose=0).ravel()
print('predicted:', pred[:6].round(3))
print('actual:   ', y[1600:1606].round(3))
print('R2 %.3f' % (1 - ((pred - y[1600:]) ** 2).sum() / ((y[1600:] - y[1600:].mean()) ** 2).sum()))
