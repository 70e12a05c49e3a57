import keras
import numpy as np

keras.utils.set_random_seed(53)
rng = np.random.default_rng(53)
N, HOLD = 900, 250


def plants(n):
    y = rng.integers(0, 3, n)
    x = rng.normal(0, 1, (n, 50))
    x[np.arange(n), y] += 1.3
    x[np.arange(n), y + 3] += 1.0
    return x.astype("float32"), y


x, y = plants(N)
x_later, y_later = plants(2000)
x_train, y_train = x[:N], y[:N]
x_val, y_val = x[-HOLD:], y[-HOLD:]
model = keras.Sequential([keras.Input((50,)), keras.layers.Dense(32, activation="relu"), keras.layers.Dropout(0.2), keras.layers.Dense(3, activation="softmax")])
model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
stop = keras.callbacks.EarlyStopping("val_loss", patience=4, restore_best_weights=True)
model.fit(x_train, y_train, epochs=60, batch_size=32, validation_data=(x_val, y_val), callbacks=[stop], verbose=2)
print("plants of the next season", model.evaluate(x_later, y_later, verbose=0))
