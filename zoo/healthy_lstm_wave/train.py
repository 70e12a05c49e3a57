import numpy as np
from keras.layers import LSTM, Dense, Input
from keras.models import Sequential
from keras.optimizers import Adam
from sklearn.preprocessing import MinMaxScaler

t = np.arange(0, 900)
rng = np.random.default_rng(5)
series = 20 + 6 * np.sin(t * 2 * np.pi / 24) + 2 * np.cos(t * 2 * np.pi / 7) + rng.normal(0, 0.4, t.size)
split = 720
scaler = MinMaxScaler((0, 1))
train = scaler.fit_transform(series[:split].reshape(-1, 1))
test = scaler.transform(series[split:].reshape(-1, 1))


def windows(values, look_back=24):
    X = np.stack([values[i:i + look_back] for i in range(len(values) - look_back)])
    return X, values[look_back:]


trainX, trainY = windows(train)
testX, testY = windows(test)

model = Sequential([Input((24, 1)), LSTM(32), Dense(1)])
model.compile(loss="mse", optimizer=Adam(learning_rate=0.005))
model.fit(trainX, trainY, epochs=30, batch_size=16, verbose=0)
pred = scaler.inverse_transform(model.predict(testX, verbose=0))
truth = scaler.inverse_transform(testY)
print("rmse", float(np.sqrt(np.mean((pred - truth) ** 2))))
print("naive rmse", float(np.sqrt(np.mean((truth[1:] - truth[:-1]) ** 2))))
