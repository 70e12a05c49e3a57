import keras
from keras.layers import Dense
from sklearn.datasets import make_moons

keras.utils.set_random_seed(15)
X, y = make_moons(1500, noise=0.15, random_state=15)
X_train, y_train, X_test, y_test = X[:1200], y[:1200], X[1200:], y[1200:]
model = keras.Sequential()
model.add(keras.Input((2,)))
for units in [20] * 7:
    model.add(Dense(units, activation="sigmoid"))
model.add(Dense(1, activation="sigmoid"))
model.compile(optimizer=keras.optimizers.SGD(learning_rate=0.1), loss="binary_crossentropy", metrics=["accuracy"])
history = model.fit(X_train, y_train, batch_size=32, epochs=25, validation_data=(X_test, y_test), verbose=2)
print("max val accuracy", max(history.history["val_accuracy"]))
