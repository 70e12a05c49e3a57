import numpy as np
import tensorflow as tf
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler

SEED = 13  # 0..40
ROWS = 1500  # 1200
UNITS = 32  # 48
RATE = 0.005  # 0.003
BATCH = 32  # 64
EPOCHS = 15  # 20

tf.keras.utils.set_random_seed(SEED)
rng = np.random.default_rng(SEED)
x = rng.normal(0, 1, (ROWS, 8)) * 10.0 ** rng.uniform(-1, 3, 8) + 10.0 ** rng.uniform(0, 2, 8)
z = (x - x.mean(axis=0)) / x.std(axis=0)
wear = z[:, 0] + np.abs(z[:, 1]) + 0.5 * z[:, 2] * z[:, 3]
y = np.digitize(wear + rng.normal(0, 0.2, ROWS), [0.2, 1.3])
hours = 40 - 6 * wear + 2 * z[:, 4] + rng.normal(0, 1.5, ROWS)
"loaded"
x_train, x_test, y_train, y_test, hours_train, hours_test = train_test_split(x, y, hours, random_state=SEED)
"split"
scaler = StandardScaler().fit(x_train)
x_train = scaler.transform(x_train)
x_test = scaler.transform(x_test)
center, spread = hours_train.mean(), hours_train.std()
hours_train = (hours_train - center) / spread
hours_test = (hours_test - center) / spread
"ready"
inputs = tf.keras.Input((8,))
h = tf.keras.layers.Dense(UNITS, activation="relu")(inputs)
h = tf.keras.layers.Dense(UNITS, activation="relu")(h)
state = tf.keras.layers.Dense(3, activation="softmax", name="state")(h)
left = tf.keras.layers.Dense(1, name="left")(h)
model = tf.keras.Model(inputs, [state, left])
model.compile(optimizer=tf.keras.optimizers.Adam(learning_rate=RATE), loss=["sparse_categorical_crossentropy", "mse"],
              metrics=[["accuracy"], ["mae"]])
model.fit(x_train, [y_train, hours_train], validation_data=(x_test, [y_test, hours_test]), epochs=EPOCHS,
          batch_size=BATCH, verbose=0)
"trained"
chances, remaining = model.predict(x_test, verbose=0)
score = np.mean(chances.argmax(axis=1) == y_test)
print("test accuracy", score)
