import keras
import numpy as np
from sklearn.datasets import load_diabetes
from sklearn.linear_model import Ridge
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler

keras.utils.set_random_seed(40)
X, y = load_diabetes(return_X_y=True)
y = (y - y.mean()) / y.std()
X = StandardScaler().fit_transform(X)
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.3, random_state=40)
print("ridge R2", Ridge(10).fit(X_train, y_train).score(X_test, y_test))

model = keras.Sequential()
model.add(keras.layers.Input((10,)))
model.add(keras.layers.Dense(256, activation="relu"))
model.add(keras.layers.Dense(256, activation="relu"))
model.add(keras.layers.Dense(1))
model.compile("adam", "mse", metrics=[keras.metrics.R2Score(name="r2")])
model.fit(X_train, y_train, epochs=100, batch_size=32, validation_data=(X_test, y_test), verbose=2)
