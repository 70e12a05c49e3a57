import keras
from keras import layers, regularizers
from sklearn.datasets import make_friedman1
from sklearn.preprocessing import StandardScaler

keras.utils.set_random_seed(87)
X, y = make_friedman1(1500, n_features=10, noise=0.5, random_state=87)
X = StandardScaler().fit_transform(X)
y = (y - y.mean()) / y.std()
reg = regularizers.L1(0.1)
model = keras.Sequential([
    layers.Input((10,)),
    layers.Dense(64, activation="relu", kernel_regularizer=reg),
    layers.Dense(32, activation="relu", kernel_regularizer=reg),
    layers.Dense(1, kernel_regularizer=reg),
])
model.compile("adam", "mse", metrics=["mse", keras.metrics.R2Score(name="r2")])
model.fit(X[:1200], y[:1200], epochs=30, batch_size=32, validation_data=(X[1200:], y[1200:]), verbose=2)
