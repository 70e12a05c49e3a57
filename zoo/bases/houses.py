import numpy as np
import tensorflow as tf
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler

SEED = 5  # 0..40
ROWS = 1500  # 1000 2000
UNITS = 48  # 32 64
RATE = 0.003  # 0.005 0.01
BATCH = 32  # 16 64
EPOCHS = 25  # 20 30

tf.keras.utils.set_random_seed(SEED)
rng = np.random.default_rng(SEED)
area = rng.gamma(6, 18, ROWS)
age = rng.integers(0, 90, ROWS)
distance = rng.exponential(4000, ROWS)
rooms = np.clip(np.round(area / 28 + rng.normal(0, 0.7, ROWS)), 1, 9)
garden = rng.uniform(0, 900, ROWS) * (rng.random(ROWS) < 0.5)
x = np.stack([area, age, distance, rooms, garden], axis=1)
y = 900 * area * np.exp(-distance / 9000) + 60 * garden - 400 * np.minimum(age, 50) + 5000 * rooms
y = y + rng.normal(0, 9000, ROWS)
"loaded"
x_train, x_test, y_train, y_test = train_test_split(x, y, test_size=0.2, random_state=SEED)
"split"
scaler = StandardScaler().fit(x_train)
x_train = scaler.transform(x_train)
x_test = scaler.transform(x_test)
center, spread = y_train.mean(), y_train.std()
y_train = (y_train - center) / spread
y_test = (y_test - center) / spread
"ready"
inputs = tf.keras.Input(shape=(5,))
h = tf.keras.layers.Dense(UNITS, activation="relu")(inputs)
h = tf.keras.layers.Dense(UNITS, activation="relu")(h)
outputs = tf.keras.layers.Dense(1)(h)
model = tf.keras.Model(inputs, outputs)
model.compile(optimizer=tf.keras.optimizers.Adam(learning_rate=RATE), loss="mse", metrics=["mae"])
model.fit(x_train, y_train, validation_data=(x_test, y_test), epochs=EPOCHS, batch_size=BATCH, verbose=0)
"trained"
predicted = model.predict(x_test, verbose=0)[:, 0]
score = 1 - np.mean((y_test - predicted) ** 2) / np.var(y_test)
print("test r2", score)
