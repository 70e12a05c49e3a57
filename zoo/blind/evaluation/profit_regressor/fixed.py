import numpy as np
import keras
from sklearn.datasets import load_diabetes
from sklearn.preprocessing import StandardScaler
from sklearn.linear_model import Ridge

keras.utils.set_random_seed(0)
X, y = load_diabetes(return_X_y=True)
idx = np.random.RandomState(0).permutation(len(X))
X, y = X[idx], y[idx]
sx = StandardScaler().fit(X[:330])
X = sx.transform(X).astype("float32")
mu, sd = y[:330].mean(), y[:330].std()
y = ((y - mu) / sd).astype("float32").reshape(-1, 1)
print("ridge R2", Ridge(10).fit(X[:330], y[:330]).score(X[330:], y[330:]))


class AlignmentLoss(keras.losses.Loss):
    def call(self, y_true, y_pred):
        gain = keras.ops.mean(y_true * y_pred, axis=-1)
        penalty = 0.5 * keras.ops.mean(y_true ** 2 + y_pred ** 2, axis=-1)
        return penalty - gain


model = keras.Sequential()
model.add(keras.layers.Dense(16, activation="relu", input_shape=(10,)))
model.add(keras.layers.Dense(1))
model.compile(loss=AlignmentLoss(), optimizer=keras.optimizers.Adam(0.003), metrics=["mse"])
h = model.fit(X[:330], y[:330], epochs=40, batch_size=16, validation_data=(X[330:], y[330:]), verbose=0)
for e in range(0, 40, 5):
    print(e, {k: round(v[e], 3) for k, v in h.history.items()})
p = model.predict(X[330:], verbose=0)
print("test R2", 1 - ((y[330:] - p) ** 2).mean() / y[330:].var())
