import keras
import numpy as np
import pandas as pd
from sklearn.metrics import r2_score
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler

keras.utils.set_random_seed(54)
rng = np.random.default_rng(54)
n = 2000
region = np.sort(rng.uniform(0, 1, n))
soil = pd.DataFrame({
    "height": 1200 * region + rng.normal(0, 80, n),
    "ph": 7.5 - 2.5 * region + rng.normal(0, 0.4, n),
    "sand": rng.uniform(10, 70, n),
    "rain": rng.normal(700, 120, n),
})
yield_ = 4 + 3 * np.sin(soil["height"] / 250) - 0.6 * (soil["ph"] - 6.3) ** 2 + 0.02 * soil["sand"] + rng.normal(0, 0.2, n)
yield_ = yield_.to_numpy()[:, None]

x_train, x_test, y_train, y_test = train_test_split(soil, yield_, test_size=0.25, random_state=0)
sx, sy = StandardScaler().fit(x_train), StandardScaler().fit(y_train)
model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(48, activation="relu"), keras.layers.Dense(48, activation="relu"), keras.layers.Dense(1)])
model.compile(optimizer=keras.optimizers.Adam(3e-3), loss="mse")
model.fit(sx.transform(x_train), sy.transform(y_train), epochs=40, batch_size=32, validation_data=(sx.transform(x_test), sy.transform(y_test)), verbose=2)
print("R2 train", r2_score(y_train, sy.inverse_transform(model.predict(sx.transform(x_train), verbose=0))))
print("R2 test ", r2_score(y_test, sy.inverse_transform(model.predict(sx.transform(x_test), verbose=0))))
