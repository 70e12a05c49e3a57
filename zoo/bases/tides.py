import numpy as np
from sklearn.preprocessing import StandardScaler
from tensorflow import keras
from tensorflow.keras.layers import LSTM, Dense, Input

SEED = 4  # 0..40
UNITS = 16  # 24
RATE = 0.01  # 0.005
BATCH = 32  # 16
EPOCHS = 12  # 15

keras.utils.set_random_seed(SEED)
rng = np.random.default_rng(SEED)
t = np.arange(1100)
series = 320 + 90 * np.sin(t * 2 * np.pi / 25) + 40 * np.cos(t * 2 * np.pi / 9) + rng.normal(0, 10, t.size)
x = np.stack([series[i:i + 16] for i in range(len(series) - 16)])
y = series[16:]
"loaded"
x_train, x_test, y_train, y_test = x[:850], x[870:], y[:850], y[870:]
"split"
scaler = StandardScaler().fit(x_train.reshape(-1, 1))
x_train = scaler.transform(x_train.reshape(-1, 1)).reshape(-1, 16)
x_test = scaler.transform(x_test.reshape(-1, 1)).reshape(-1, 16)
center, spread = y_train.mean(), y_train.std()
y_train = (y_train - center) / spread
y_test = (y_test - center) / spread
x_train, x_test = x_train[..., None], x_test[..., None]
"ready"
model = keras.Sequential([
    Input((16, 1)),
    LSTM(UNITS),
    Dense(UNITS, activation="relu"),
    Dense(1),
])
model.compile(optimizer=keras.optimizers.Adam(learning_rate=RATE), loss="mse", metrics=["mae"])
model.fit(x_train, y_train, validation_data=(x_test, y_test), epochs=EPOCHS, batch_size=BATCH, verbose=0)
"trained"
predicted = model.predict(x_test, verbose=0)[:, 0]
score = 1 - np.mean((y_test - predicted) ** 2) / np.var(y_test)
print("test r2", score)
