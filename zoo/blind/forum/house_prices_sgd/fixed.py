import numpy as np
import tensorflow as tf
from tensorflow import keras
from sklearn.preprocessing import StandardScaler
from sklearn.metrics import r2_score

keras.utils.set_random_seed(21)
rs = np.random.RandomState(21)
n = 2500
area = rs.gamma(9, 14, n)
rooms = np.clip(np.round(area / 28 + rs.normal(0, .8, n)), 1, 9)
age = rs.uniform(0, 90, n)
dist = rs.exponential(6, n)
garden = rs.binomial(1, .4, n)
price = (1500 * area * np.exp(-dist / 18) + 9000 * rooms - 700 * age + 22000 * garden + 60000) * np.exp(rs.normal(0, .09, n))
X = np.stack([area, rooms, age, dist, garden], 1)
y = StandardScaler().fit_transform(price.reshape(-1, 1))

X = StandardScaler().fit_transform(X)
x_train, x_test, y_train, y_test = X[:2000], X[2000:], y[:2000], y[2000:]

model = keras.Sequential([
    keras.layers.Input(shape=(5,)),
    keras.layers.Dense(64, activation='relu'),
    keras.layers.Dense(64, activation='relu'),
    keras.layers.Dense(1)
])
model.compile(loss='mean_squared_error', optimizer=keras.optimizers.SGD(learning_rate=0.01))
model.fit(x_train, y_train, epochs=40, batch_size=32, validation_split=0.1, verbose=2)
pred = model.predict(x_test, verbose=0)
print('first predictions', pred[:4].ravel())
print('R2', r2_score(y_test, np.nan_to_num(pred)))
