import numpy as np
import keras
from keras import layers, regularizers
from sklearn.datasets import load_diabetes
from sklearn.linear_model import Ridge
from sklearn.metrics import r2_score

keras.utils.set_random_seed(30)
X, y = load_diabetes(return_X_y=True)
X = X / X.std(0)
y = (y - y.mean()) / y.std()
p = np.random.permutation(len(X))
X, y = X[p].astype("float32"), y[p].astype("float32")
X_train, y_train, X_test, y_test = X[:330], y[:330], X[330:], y[330:]

model = keras.Sequential()
model.add(keras.Input((10,)))
model.add(layers.Dense(512, activation="relu"))
model.add(layers.Dense(512, activation="relu"))
model.add(layers.Dense(256, activation="relu"))
model.add(layers.Dense(1))
model.compile(loss="mse", optimizer=keras.optimizers.Adam(0.003))
h = model.fit(X_train, y_train, epochs=50, batch_size=32, validation_data=(X_test, y_test), verbose=0)
for e in list(range(0, 50, 5)) + [49]:
    print("epoch %3d loss %.4f val_loss %.4f" % (e, h.history["loss"][e], h.history["val_loss"][e]))
print("R2 train", r2_score(y_train, model.predict(X_train, verbose=0).ravel()), "R2 test", r2_score(y_test, model.predict(X_test, verbose=0).ravel()))
print("ridge R2 test", r2_score(y_test, Ridge(1.0).fit(X_train, y_train).predict(X_test)))
