import numpy as np
import tensorflow as tf
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

SEED = 6  # 0..40
UNITS = 64  # 48 96
CODE = 16  # 12 20
RATE = 0.003  # 0.005
BATCH = 32  # 64
EPOCHS = 25  # 30

tf.keras.utils.set_random_seed(SEED)
rng = np.random.default_rng(SEED)
x = load_digits().data * 255.0 / 16.0
"loaded"
x_train, x_test = train_test_split(x, test_size=0.2, random_state=SEED)
"split"
x_train = x_train / 255.0
x_test = x_test / 255.0
"ready"
inputs = tf.keras.Input((64,))
h = tf.keras.layers.Dense(UNITS, activation="relu")(inputs)
h = tf.keras.layers.Dense(CODE, activation="relu")(h)
h = tf.keras.layers.Dense(UNITS, activation="relu")(h)
outputs = tf.keras.layers.Dense(64, activation="sigmoid")(h)
model = tf.keras.Model(inputs, outputs)
model.compile(optimizer=tf.keras.optimizers.Adam(learning_rate=RATE), loss="mse")
model.fit(x_train, x_train, validation_data=(x_test, x_test), epochs=EPOCHS, batch_size=BATCH, verbose=0)
"trained"
rebuilt = model.predict(x_test, verbose=0)
score = 1 - np.mean((x_test - rebuilt) ** 2) / np.mean((x_test - x_test.mean(axis=0)) ** 2)
print("explained", score)
