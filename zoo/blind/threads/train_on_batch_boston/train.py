# regression, training by hand because I want to log every batch
import numpy as np
from sklearn.preprocessing import StandardScaler
from tensorflow.keras.models import Sequential
from tensorflow.keras.layers import Dense, Input
from tensorflow.keras.optimizers import SGD
from tensorflow.keras.utils import set_random_seed

set_random_seed(8)
gen = np.random.default_rng(8)
n = 2400
area = gen.gamma(6, 16, n)
rooms = np.round(area / 28 + gen.normal(0, .7, n)).clip(1, 9)
age = gen.uniform(0, 90, n)
dist = gen.exponential(6, n)
floor = gen.integers(0, 12, n)
garden = gen.random(n) < .25
lift = gen.random(n) < .5
price = 2.1 * area ** 0.9 * np.exp(-dist / 18) - 0.25 * age + 12 * garden + 1.2 * floor * lift - 1.0 * floor * (~lift) + 4 * rooms
price = price + gen.normal(0, 7, n)
X = np.c_[area, rooms, age, dist, floor, garden, lift]
tr, te = np.arange(1900), np.arange(1900, n)
sx, sy = StandardScaler().fit(X[tr]), StandardScaler().fit(price[tr, None])
X = sx.transform(X).astype("float32")
Y = sy.transform(price[:, None]).astype("float32")

net = Sequential([Input((7,)), Dense(64, activation="relu"), Dense(64, activation="relu"), Dense(32, activation="relu"), Dense(1)])
net.compile(SGD(0.2, momentum=0.9), loss="mse")
BATCH = 32
for ep in range(25):
    order = gen.permutation(tr)
    batch_losses = []
    for s in range(0, len(order) - BATCH, BATCH):
        b = order[s:s + BATCH]
        batch_losses.append(float(net.train_on_batch(X[b], Y[b])))
    val = float(net.test_on_batch(X[te], Y[te]))
    print("epoch %d  train %.4f (last batches %s)  test %.4f" % (ep, np.mean(batch_losses), np.round(batch_losses[-3:], 3), val))
pred = net.predict(X[te], verbose=0)
print("R^2", 1 - ((pred - Y[te]) ** 2).mean() / Y[te].var())
