import numpy as np
import keras
from keras import layers

keras.utils.set_random_seed(64)
rng = np.random.default_rng(64)


def cohort(n):
    x = rng.normal(0, 1, (n, 8))
    z = 1.1 * x[:, 0] - 1.0 * x[:, 3] + 0.9 * x[:, 5] + 0.8 * x[:, 6] - 0.7 * x[:, 7]
    return x.astype("float32"), (rng.random(n) < 1 / (1 + np.exp(-1.0 * z))).astype("float32")


x_train, y_train = cohort(400)
x_val, y_val = cohort(700)

WIDTH, DEPTH, DROP, EPOCHS, L2 = 16, 1, 0.1, 60, 0.005
model = keras.Sequential([keras.Input((8,))])
for _ in range(DEPTH):
    model.add(layers.Dense(WIDTH, activation="relu", kernel_regularizer=keras.regularizers.L2(L2)))
    model.add(layers.Dropout(DROP))
model.add(layers.Dense(1, activation="sigmoid"))
model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
h = model.fit(x_train, y_train, epochs=EPOCHS, batch_size=32, validation_data=(x_val, y_val), verbose=0)
for e in range(0, EPOCHS, 8):
    print(e, {k: round(v[e], 3) for k, v in h.history.items()})
print("end:", {k: round(v[-1], 3) for k, v in h.history.items()})
