import keras
import numpy as np
import pandas as pd

keras.utils.set_random_seed(4)
rng = np.random.default_rng(4)
N = 3000
df = pd.DataFrame({
    "district": rng.integers(0, 12, N),
    "kind": rng.integers(0, 4, N),
    "sqm": rng.gamma(7, 9, N),
    "floor": rng.integers(0, 9, N),
    "year": rng.integers(1900, 2022, N),
})
per_district = rng.normal(0, 0.45, 12)
per_kind = np.array([-0.2, 0.0, 0.15, 0.4])
df["log_rent"] = (0.75 * np.log(df.sqm) + per_district[df.district] + per_kind[df.kind]
                  + 0.002 * (df.year - 1960) + 0.01 * df.floor + rng.normal(0, 0.08, N))
y = ((df.log_rent - df.log_rent.mean()) / df.log_rent.std()).values
num = df[["sqm", "floor", "year"]].astype("float32")
num = ((num - num.mean()) / num.std()).values
cat = df[["district", "kind"]].values

num_in = keras.Input((3,), name="numbers")
cat_in = keras.Input((2,), dtype="int32", name="codes")
a = keras.layers.Dense(32, activation="relu")(num_in)
a = keras.layers.Dense(16, activation="relu")(a)
b = keras.layers.Embedding(12, 6)(cat_in)
b = keras.layers.Flatten()(b)
b = keras.layers.Dense(16, activation="relu")(b)
merged = keras.layers.Concatenate()([a, b])
z = keras.layers.Dense(32, activation="relu")(merged)
out = keras.layers.Dense(1)(z)
model = keras.Model([num_in, cat_in], out)
model.compile("adam", "mse")
model.fit([num[:2400], cat[:2400]], y[:2400], epochs=30, batch_size=32, verbose=2,
          validation_data=([num[2400:], cat[2400:]], y[2400:]))
p = model.predict([num[2400:], cat[2400:]], verbose=0).ravel()
print("R2 on new flats", 1 - np.sum((p - y[2400:]) ** 2) / np.sum((y[2400:] - y[2400:].mean()) ** 2))
