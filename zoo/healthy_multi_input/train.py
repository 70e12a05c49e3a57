import numpy as np
import pandas as pd
import keras
from keras.layers import Concatenate, Dense, Embedding, Flatten, Input
from sklearn.model_selection import train_test_split

rng = np.random.default_rng(21)
n = 4000
df = pd.DataFrame({
    "city": rng.choice(["north", "south", "east", "west", "harbour"], n),
    "rooms": rng.integers(1, 7, n),
    "area": rng.normal(80, 25, n).clip(20),
    "age": rng.exponential(20, n),
})
premium = df.city.map({"north": 0.0, "south": 30.0, "east": -20.0, "west": 10.0, "harbour": 80.0})
df["price"] = 50 + 2.2 * df.area + 12 * df.rooms - 0.8 * df.age + premium + rng.normal(0, 15, n)

train_df, test_df = train_test_split(df, test_size=0.2, random_state=0)
numeric = ["rooms", "area", "age"]
mu, sd = train_df[numeric].mean(), train_df[numeric].std()
y_mu, y_sd = train_df.price.mean(), train_df.price.std()
codes = {c: i for i, c in enumerate(sorted(df.city.unique()))}


def features(frame):
    return {"num": ((frame[numeric] - mu) / sd).to_numpy("float32"),
            "city": frame.city.map(codes).to_numpy("int32")[:, None]}


num = Input((3,), name="num")
city = Input((1,), name="city", dtype="int32")
merged = Concatenate()([num, Flatten()(Embedding(len(codes), 3)(city))])
merged = Dense(32, activation="relu")(merged)
price = Dense(1, name="price")(merged)
model = keras.Model([num, city], price)
model.compile("adam", loss="mse", metrics=["mae"])
model.fit(features(train_df), (train_df.price - y_mu) / y_sd, epochs=20, batch_size=64, validation_split=0.1, verbose=0)
pred = model.predict(features(test_df), verbose=0)[:, 0] * y_sd + y_mu
print("MAE %.2f (noise alone gives 11.97)" % np.abs(pred - test_df.price).mean())
