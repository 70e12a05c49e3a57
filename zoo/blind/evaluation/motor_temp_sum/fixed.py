import numpy as np
import keras
from keras import ops
from sklearn.preprocessing import StandardScaler

keras.utils.set_random_seed(77)
rng = np.random.default_rng(77)
T = 6000
load = np.convolve(rng.normal(0, 1, T + 50), np.ones(50) / 7, "valid")[:T]
speed = 1500 + 300 * np.convolve(rng.normal(0, 1, T + 30), np.ones(30) / 5.5, "valid")[:T]
amb = 22 + 6 * np.sin(np.arange(T) / 400)
curr = 8 + 2.5 * load + 0.002 * (speed - 1500) + rng.normal(0, 0.3, T)
temp = amb + 0.22 * curr ** 2 + 0.006 * (speed - 1500) + rng.normal(0, 1.0, T)
X = np.c_[load, speed, amb, curr]
perm = rng.permutation(T)
tr, te = perm[:4800], perm[4800:]
sx, sy = StandardScaler().fit(X[tr]), StandardScaler().fit(temp[tr, None])
Xs, ys = sx.transform(X).astype("float32"), sy.transform(temp[:, None]).astype("float32")


def sse(y_true, y_pred):
    return ops.mean(ops.square(y_true - y_pred))


model = keras.Sequential([
    keras.layers.Input((4,)),
    keras.layers.Dense(32, activation="relu"),
    keras.layers.Dense(16, activation="relu"),
    keras.layers.Dense(1),
])
model.compile(optimizer=keras.optimizers.SGD(learning_rate=0.02, momentum=0.5), loss=sse, metrics=["mae"])
model.fit(Xs[tr], ys[tr], validation_data=(Xs[te], ys[te]), epochs=15, batch_size=128, verbose=2)
p = model.predict(Xs[te], verbose=0)
print("test MAE in degrees:", np.abs(sy.inverse_transform(p) - temp[te, None]).mean(), "std", temp[te].std())
