import numpy as np
import pandas as pd
import keras
from keras import layers

keras.utils.set_random_seed(21)
rng = np.random.default_rng(21)
MODES = np.array(["bus", "car", "bike", "walk"])


def survey(n):
    km = rng.gamma(1.6, 4.0, n)
    age = rng.integers(18, 75, n)
    cars = rng.poisson(0.8, n)
    rain = rng.random(n)
    utility = np.c_[0.10 * km - 0.6 * cars + 1.0,
                    0.14 * km + 1.3 * cars - 0.8,
                    2.2 - 0.18 * km - 0.03 * (age - 35) - 2.0 * rain,
                    3.6 - 1.1 * km]
    pick = (2.2 * utility + rng.gumbel(size=utility.shape)).argmax(1)
    return pd.DataFrame({"km": km, "age": age, "cars": cars, "rain": rain, "mode": MODES[pick]})


def prepare(df):
    x = df[["km", "age", "cars", "rain"]].to_numpy("float32")
    x = (x - np.array([6.4, 46, 0.8, 0.5])) / np.array([5.1, 16, 0.9, 0.29])
    y, names = pd.factorize(df["mode"])
    return x, y


train_x, train_y = prepare(survey(3000))
test_x, test_y = prepare(survey(900))

model = keras.Sequential([layers.Input((4,)), layers.Dense(32, "relu"), layers.Dense(32, "relu"),
                          layers.Dense(4, "softmax")])
model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(train_x, train_y, epochs=20, batch_size=32, validation_data=(test_x, test_y), verbose=2)
print(pd.crosstab(test_y, model.predict(test_x, verbose=0).argmax(1)))
