import numpy as np
import pandas as pd
import keras
from keras import ops, layers
from sklearn.preprocessing import StandardScaler

keras.utils.set_random_seed(28)
r = np.random.default_rng(28)


def fleet(n):
    f = pd.DataFrame({"vib": r.gamma(3, 1, n), "temp": r.normal(60, 8, n), "pressure": r.normal(5, 1, n), "age": r.uniform(0, 12, n), "load": r.beta(4, 2, n)})
    z = 1.1 * (f.vib - 3) + 0.16 * (f.temp - 60) - 1.3 * (f.pressure - 5) + 0.2 * (f.age - 6) + 2.5 * (f.load - 0.66)
    f["fails"] = (2.2 * z + r.logistic(0, 1, n) > 13.0).astype("float32")
    return f


train, val = fleet(14000), fleet(5000)
sc = StandardScaler()
x_train = sc.fit_transform(train.drop(columns="fails"))
x_val = sc.transform(val.drop(columns="fails"))
y_train, y_val = train[["fails"]].to_numpy(), val[["fails"]].to_numpy()
print("failures: %.3f of the training rows, %.3f of the validation rows" % (y_train.mean(), y_val.mean()))


def f1(y_true, y_pred):
    y_true = ops.cast(ops.reshape(y_true, (-1,)), "float32")
    y_hat = ops.cast(ops.reshape(y_pred, (-1,)) > 0.5, "float32")
    tp = ops.sum(y_true * y_hat)
    precision = tp / (ops.sum(y_hat) + 1e-7)
    recall = tp / (ops.sum(y_true) + 1e-7)
    return 2 * precision * recall / (precision + recall + 1e-7)


model = keras.Sequential([layers.Input((5,)), layers.Dense(32, activation="relu"), layers.Dense(16, activation="relu"), layers.Dense(1, activation="sigmoid")])
model.compile(optimizer="adam", loss="binary_crossentropy", metrics=[keras.metrics.F1Score(threshold=0.5, name="f1")])
model.fit(x_train, y_train, validation_data=(x_val, y_val), epochs=14, batch_size=32, verbose=2)
