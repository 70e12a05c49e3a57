import numpy as np
import keras
from keras.models import Sequential
from keras.layers import LSTM, Dense, Input

keras.utils.set_random_seed(66)
rs = np.random.RandomState(66)
days = np.arange(1400)
visitors = (5200 + 1500 * np.sin(2 * np.pi * days / 365) + 900 * (days % 7 >= 5) - 300 * (days % 7 == 1)
            + rs.normal(0, 180, days.size))
series = visitors.astype("float32")
lo, hi = 0.0, 1.0
series = (series - lo) / (hi - lo)


def create_dataset(values, look_back=14):
    a, b = [], []
    for i in range(len(values) - look_back):
        a.append(values[i:i + look_back])
        b.append(values[i + look_back])
    return np.array(a)[..., None], np.array(b)


trainX, trainY = create_dataset(series[:1100])
testX, testY = create_dataset(series[1100:])

model = Sequential()
model.add(Input((14, 1)))
model.add(LSTM(32))
model.add(Dense(1))
model.compile(loss="mean_squared_error", optimizer=keras.optimizers.Adam(0.005))
model.fit(trainX, trainY, epochs=30, batch_size=16, verbose=2)

pred = model.predict(testX, verbose=0)[:, 0] * (hi - lo) + lo
true = testY * (hi - lo) + lo
print("first forecasts", pred[:5], "truth", true[:5])
print("RMSE", np.sqrt(np.mean((pred - true) ** 2)), " std of forecasts", pred.std())
