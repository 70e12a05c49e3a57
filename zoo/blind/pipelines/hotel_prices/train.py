import numpy as np
import pandas as pd
import keras
from keras import layers
from sklearn.metrics import mean_absolute_error, r2_score
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import MinMaxScaler, StandardScaler

keras.utils.set_random_seed(102)
rng = np.random.default_rng(102)

n = 4000
hotels = pd.DataFrame({
    "stars": rng.integers(1, 6, n),
    "km_centre": rng.gamma(2, 2, n),
    "rooms": rng.gamma(2.5, 40, n),
    "rating": rng.normal(7.8, 0.9, n).clip(3, 10),
    "month": rng.integers(1, 13, n),
})
season = 1 + 0.25 * np.sin((hotels.month - 4) / 12 * 2 * np.pi)
hotels["price"] = (28 + 21 * hotels.stars + 9 * (hotels.rating - 7.8) - 2.8 * hotels.km_centre) * season + rng.normal(0, 10, n)

train, test = train_test_split(hotels, test_size=.2, random_state=0)
sx, sy = MinMaxScaler(), StandardScaler()
cols = ["stars", "km_centre", "rooms", "rating", "month"]
Xtr, Xte = sx.fit_transform(train[cols]), sx.transform(test[cols])
ytr = sy.fit_transform(train[["price"]])
yte = sy.transform(test[["price"]])

model = keras.Sequential([layers.Input((5,)), layers.Dense(48, activation="relu"), layers.Dense(24, activation="relu"), layers.Dense(1)])
model.compile("adam", "mse", metrics=["mae", "r2_score"])
model.fit(Xtr, ytr, validation_data=(Xte, yte), epochs=20, batch_size=32, verbose=2)

pred = model.predict(Xte, verbose=0)
pred_eur = pred * sy.scale_[0]
print("MAE in euro:", mean_absolute_error(test.price, pred_eur), " R2:", r2_score(test.price, pred_eur))
