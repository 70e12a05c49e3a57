import numpy as np
import pandas as pd
import keras
from keras import layers
from sklearn.compose import ColumnTransformer
from sklearn.metrics import mean_absolute_error, r2_score
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import OneHotEncoder, StandardScaler

keras.utils.set_random_seed(11)
rng = np.random.default_rng(11)


def make_listings(n, area_mu, cities=("north", "south", "harbour")):
    city = rng.choice(cities, n)
    area = rng.normal(area_mu, 22, n).clip(25, 320)
    rooms = np.round(area / 28 + rng.normal(0, 0.7, n)).clip(1, 9)
    age = rng.gamma(2.0, 14, n)
    dist = rng.gamma(2.2, 2.4, n)
    base = pd.Series(city).map({"north": 1.0, "south": 0.85, "harbour": 1.3}).values
    price = base * (2.1 * area + 9 * rooms) - 0.6 * age - 6.5 * dist + 40 + rng.normal(0, 18, n)
    return pd.DataFrame(dict(city=city, area=area, rooms=rooms, age=age, dist=dist, price=price))


listings = pd.concat([make_listings(2600, 85), make_listings(900, 150)], ignore_index=True)
fresh = make_listings(250, 165)          # the agency's new listings, to be priced

num_cols = ["area", "rooms", "age", "dist"]
pre = ColumnTransformer([
    ("num", StandardScaler(), num_cols),
    ("cat", OneHotEncoder(), ["city"]),
])

train_df, val_df = train_test_split(listings, test_size=0.2, random_state=3)
X_train = pre.fit_transform(train_df)
X_val = pre.transform(val_df)
X_fresh = pre.fit_transform(fresh)

y_mean, y_std = train_df.price.mean(), train_df.price.std()

model = keras.Sequential([
    layers.Input((X_train.shape[1],)),
    layers.Dense(64, activation="relu"),
    layers.Dense(32, activation="relu"),
    layers.Dense(1),
])
model.compile(optimizer=keras.optimizers.Adam(2e-3), loss="mse", metrics=["mae"])
model.fit(X_train, (train_df.price.values - y_mean) / y_std,
          validation_data=(X_val, (val_df.price.values - y_mean) / y_std),
          epochs=25, batch_size=64, verbose=2)

for label, X, df in (("validation", X_val, val_df), ("fresh", X_fresh, fresh)):
    p = model.predict(X, verbose=0)[:, 0] * y_std + y_mean
    print(f"{label}: MAE {mean_absolute_error(df.price, p):.1f}  R2 {r2_score(df.price, p):.3f}")
