import keras
import numpy as np
from keras import layers
from sklearn.model_selection import train_test_split

SEED = 11  # 0..40
ROWS = 1200  # 1000 1500
UNITS = 32  # 24 48
RATE = 0.01  # 0.005
BATCH = 32  # 16
EPOCHS = 20  # 25

keras.utils.set_random_seed(SEED)
rng = np.random.default_rng(SEED)
y = rng.integers(0, 3, ROWS)
angle = rng.uniform(0, 6.283, ROWS)
radius = 1.0 + y + rng.normal(0, 0.28, ROWS)
x = np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1)
x = x * np.array([250.0, 0.5]) + np.array([900.0, 0.0])
"loaded"
x_train, x_test, y_train, y_test = train_test_split(x, y, test_size=0.25, random_state=SEED)
"split"
mean, std = x_train.mean(axis=0), x_train.std(axis=0)
x_train = (x_train - mean) / std
x_test = (x_test - mean) / std
"ready"


class RingNet(keras.Model):
    def __init__(self):
        super().__init__()
        self.first = layers.Dense(UNITS, activation="relu")
        self.second = layers.Dense(UNITS, activation="relu")
        self.head = layers.Dense(3, activation="softmax")

    def call(self, points):
        h = self.first(points)
        h = self.second(h)
        return self.head(h)


model = RingNet()
model.compile(optimizer=keras.optimizers.Adam(learning_rate=RATE), loss="sparse_categorical_crossentropy",
              metrics=["accuracy"])
model.fit(x_train, y_train, validation_data=(x_test, y_test), epochs=EPOCHS, batch_size=BATCH, verbose=0)
"trained"
loss, score = model.evaluate(x_test, y_test, verbose=0)
print("test accuracy", score)
