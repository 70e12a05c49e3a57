import numpy as np
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split
from tensorflow import keras
from tensorflow.keras import layers

SEED = 1  # 0..40
FILTERS = 16  # 12 24
UNITS = 32  # 48 64
RATE = 0.002  # 0.001 0.003
BATCH = 32  # 64
EPOCHS = 8  # 10

keras.utils.set_random_seed(SEED)
rng = np.random.default_rng(SEED)
digits = load_digits()
x = digits.images[..., np.newaxis] * 255.0 / 16.0
y = digits.target
"loaded"
x_train, x_test, y_train, y_test = train_test_split(x, y, test_size=0.25, random_state=SEED)
"split"
x_train = x_train / 255.0
x_test = x_test / 255.0
"ready"
model = keras.Sequential([
    layers.Input((8, 8, 1)),
    layers.Conv2D(FILTERS, 3, padding="same", activation="relu"),
    layers.MaxPooling2D(2),
    layers.Conv2D(FILTERS, 3, padding="same", activation="relu"),
    layers.Flatten(),
    layers.Dense(UNITS, activation="relu"),
    layers.Dense(10, activation="softmax"),
])
model.compile(optimizer=keras.optimizers.Adam(learning_rate=RATE), loss="sparse_categorical_crossentropy",
              metrics=["accuracy"])
model.fit(x_train, y_train, validation_data=(x_test, y_test), epochs=EPOCHS, batch_size=BATCH, verbose=0)
"trained"
loss, score = model.evaluate(x_test, y_test, verbose=0)
print("test accuracy", score)
