import numpy as np
import pandas as pd
import keras

keras.utils.set_random_seed(9)
g = np.random.default_rng(9)

stores = pd.DataFrame({"store": np.arange(60), "floor_m2": g.gamma(6, 120, 60).round(), "parking": g.integers(0, 200, 60).astype(float)})
opened = np.where(np.arange(60) < 52, 0, g.integers(308, 330, 60))       # the last eight opened late
weeks = []
for s in range(60):
    for w in range(opened[s] // 7, 52):
        promo = g.random() < 0.2
        season = 6 * np.sin(2 * np.pi * w / 52)
        rev = 20 + 0.03 * stores.floor_m2[s] + 0.04 * stores.parking[s] + 9 * promo + season + g.normal(0, 3)
        weeks.append((s, w, int(promo), rev))
sales = pd.DataFrame(weeks, columns=["store", "week", "promo", "revenue"])
register = stores[stores.store < 54]            # the register is updated once a year

df = sales.merge(register, on="store", how="left")
df["sin"] = np.sin(2 * np.pi * df.week / 52)
df["cos"] = np.cos(2 * np.pi * df.week / 52)
X_cols = ["promo", "floor_m2", "parking", "sin", "cos"]
train = df[df.week < 44]
valid = df[df.week >= 44]
mu, sd = train[X_cols].mean(), train[X_cols].std()
ym, ys = train.revenue.mean(), train.revenue.std()


def xy(part):
    z = ((part[X_cols] - mu) / sd).fillna(0.0)
    return z.to_numpy("float32"), ((part.revenue - ym) / ys).to_numpy("float32")


xt, yt = xy(train)
xv, yv = xy(valid)
net = keras.Sequential([keras.layers.Input((5,)), keras.layers.Dense(16, activation="tanh"), keras.layers.Dense(1)])
net.compile(keras.optimizers.Adam(5e-3), "mse", metrics=["mae"])
net.fit(xt, yt, validation_data=(xv, yv), epochs=25, batch_size=32, verbose=2)
print("weekly revenue, mean abs error:", net.evaluate(xv, yv, verbose=0)[1] * ys)
