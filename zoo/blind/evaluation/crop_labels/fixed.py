import numpy as np
import pandas as pd
import keras
from sklearn.preprocessing import LabelEncoder
from sklearn.metrics import classification_report

keras.utils.set_random_seed(37)
rng = np.random.default_rng(37)
crops = {"barley": (6.4, 420, 12), "canola": (6.0, 500, 11), "maize": (6.2, 620, 20), "oats": (5.7, 560, 10),
         "rye": (5.3, 480, 9), "soy": (6.6, 640, 23), "wheat": (6.8, 450, 15)}


def survey(n, names):
    who = rng.choice(names, n)
    m = np.array([crops[w] for w in who])
    d = pd.DataFrame({"ph": m[:, 0] + rng.normal(0, 0.25, n), "rain": m[:, 1] + rng.normal(0, 35, n),
                      "temp": m[:, 2] + rng.normal(0, 1.4, n), "ndvi": 0.4 + 0.012 * m[:, 2] + rng.normal(0, 0.05, n)})
    d["crop"] = who
    return d


train = survey(3000, list(crops))
test = survey(600, [c for c in crops if c not in ("barley", "maize")])


def arrays(frame, stats=None):
    x = frame.drop(columns="crop")
    stats = stats or (x.mean(), x.std())
    return ((x - stats[0]) / stats[1]).to_numpy(), stats


x_train, stats = arrays(train)
x_test, _ = arrays(test, stats)
encoder = LabelEncoder()
y_train = encoder.fit_transform(train["crop"])
y_test = encoder.transform(test["crop"])

net = keras.Sequential([keras.Input((4,)), keras.layers.Dense(32, activation="relu"),
                        keras.layers.Dense(32, activation="relu"), keras.layers.Dense(7, activation="softmax")])
net.compile(optimizer="nadam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
net.fit(x_train, y_train, epochs=15, batch_size=32, validation_split=0.1, verbose=2)
print("test", net.evaluate(x_test, y_test, verbose=0))
print(classification_report(y_test, net.predict(x_test, verbose=0).argmax(1), zero_division=0))
