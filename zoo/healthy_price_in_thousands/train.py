import keras
import numpy as np
from keras import layers
from sklearn.metrics import mean_absolute_error, r2_score

rng = np.random.default_rng(62)
area = rng.uniform(30, 150, 2000)
age = rng.uniform(0, 50, 2000)
price = 40 + 2.5 * area - 1.2 * age + rng.normal(0, 12, 2000)
X = np.column_stack([area / 100, age / 50])
model = keras.Sequential([keras.Input((2,)), layers.Dense(64, activation="relu"), layers.Dense(64, activation="relu"), layers.Dense(1)])
model.compile(optimizer=keras.optimizers.Adam(0.01), loss="mse", metrics=["mae"])
model.fit(X[:1600], price[:1600], epochs=30, batch_size=32, validation_split=0.1, verbose=2)
pred = model.predict(X[1600:], verbose=0)[:, 0]
print("MAE", mean_absolute_error(price[1600:], pred), "R2", r2_score(price[1600:], pred))
