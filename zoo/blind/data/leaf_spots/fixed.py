import keras
import numpy as np
from sklearn.model_selection import train_test_split

keras.utils.set_random_seed(12)
rng = np.random.default_rng(12)


def leaves(n):
    y = rng.integers(0, 2, n)
    x = rng.normal(0, 1, (n, 40))
    x[:, :5] += np.where(y == 1, 0.45, -0.45)[:, None]
    return x.astype("float32"), y


def enlarge(x, y, copies=6):
    """the same leaf under slightly other light"""
    xs = [x + rng.normal(0, 0.05, x.shape).astype("float32") for _ in range(copies)]
    return np.concatenate(xs), np.tile(y, copies)


x, y = leaves(700)
x_train, x_val, y_train, y_val = train_test_split(x, y, test_size=0.25, random_state=0)
x_train, y_train = enlarge(x_train, y_train)
x_field, y_field = leaves(1500)

model = keras.Sequential([
    keras.Input((40,)),
    keras.layers.Dense(24, activation="relu", kernel_regularizer=keras.regularizers.L2(0.01)),
    keras.layers.Dropout(0.3),
    keras.layers.Dense(1, activation="sigmoid"),
])
model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
stop = keras.callbacks.EarlyStopping(monitor="val_loss", patience=3, restore_best_weights=True)
model.fit(x_train, y_train, epochs=30, batch_size=32, validation_data=(x_val, y_val), callbacks=[stop], verbose=2)
print("validation", model.evaluate(x_val, y_val, verbose=0))
print("field     ", model.evaluate(x_field, y_field, verbose=0))
