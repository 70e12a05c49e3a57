import numpy as np
import keras
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler
from sklearn.metrics import r2_score, mean_absolute_error


def flats(n=3000, seed=1):
    r = np.random.RandomState(seed)
    area = r.gamma(9, 9, n) + 18
    floor = r.randint(0, 14, n)
    year = r.randint(1925, 2021, n)
    dist = r.gamma(2.2, 2.5, n)
    bath = 1 + (area > 75) + (r.rand(n) < 0.15)
    lift = (floor > 3) & (year > 1960)
    ppm = 5200 * np.exp(-0.07 * dist) * (1 + 0.0025 * np.abs(year - 1965)) * (1 + 0.05 * lift)
    price = ppm * area + 9000 * bath + r.normal(0, 18000, n)
    return np.c_[area, floor, year, dist, bath, lift].astype("float32"), price.astype("float32")


keras.utils.set_random_seed(0)
features, price = flats()
f_train, f_test, p_train, p_test = train_test_split(features, price, test_size=0.2, random_state=0)
std = StandardScaler()
f_train = std.fit_transform(f_train)
f_test = std.transform(f_test)

shift, unit = p_train.mean(), p_train.std()

net = keras.Sequential([
    keras.Input((6,)),
    keras.layers.Dense(48, activation="relu"),
    keras.layers.Dense(1),
])
net.compile(optimizer=keras.optimizers.Adam(0.003), loss="mse", metrics=["mae"])
net.fit(f_train, (p_train - shift) / unit, validation_split=0.1, epochs=40, batch_size=32, verbose=2)

guess = net.predict(f_test, verbose=0)[:, 0] * unit + shift
for a, b in list(zip(guess, p_test))[:6]:
    print(f"predicted {a:12.0f}   real {b:12.0f}")
print("MAE", mean_absolute_error(p_test, guess), "R2", r2_score(p_test, guess))
