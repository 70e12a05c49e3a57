import numpy as np
import keras
from keras.layers import GRU, Dense, Input
from sklearn.metrics import mean_absolute_percentage_error

keras.utils.set_random_seed(17)
rng = np.random.default_rng(17)
days = np.arange(1400)
weekly = np.array([0.92, 0.9, 0.95, 1.0, 1.16, 1.28, 0.79])
sales = 180 * np.exp(0.0017 * days) * weekly[days % 7] * (1 + 0.06 * np.sin(2 * np.pi * days / 365)) * np.exp(rng.normal(0, 0.03, 1400))

split = 980
lo, hi = sales[:split].min(), sales[:split].max()
scaled = (sales - lo) / (hi - lo)
W = 14

X, Y, level = [], [], []
for i in range(W, len(scaled)):
    X.append(scaled[i - W:i])
    Y.append(scaled[i])
X = np.array(X)[:, :, None]
Y = np.array(Y)

x_tr, y_tr, x_te, y_te = X[:split - W], Y[:split - W], X[split - W:], Y[split - W:]
model = keras.Sequential([Input((W, 1)), GRU(32), Dense(16, activation="tanh"), Dense(1)])
model.compile(optimizer=keras.optimizers.Adam(0.004), loss="mse")
model.fit(x_tr, y_tr, epochs=30, batch_size=32, validation_data=(x_te, y_te), verbose=2)

forecast = model.predict(x_te, verbose=0).ravel() * (hi - lo) + lo
print("MAPE on the last 420 days: %.3f" % mean_absolute_percentage_error(sales[split:], forecast))
print("highest forecast %.0f, highest sale %.0f" % (forecast.max(), sales[split:].max()))
