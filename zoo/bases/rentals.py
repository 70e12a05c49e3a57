import keras
import numpy as np
from keras import layers
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler

SEED = 9  # 0..40
ROWS = 2000  # 1600
UNITS = 32  # 48
RATE = 0.005  # 0.003
BATCH = 32  # 64
EPOCHS = 20  # 25

keras.utils.set_random_seed(SEED)
rng = np.random.default_rng(SEED)
station = rng.integers(0, 20, ROWS)
weather = np.stack([rng.normal(14, 9, ROWS), rng.uniform(20, 100, ROWS), rng.gamma(2, 6, ROWS)], axis=1)
busy = rng.normal(0, 1, 20)[station]
x = np.column_stack([station, weather])
y = 120 + 45 * busy + 4 * weather[:, 0] - 0.06 * (weather[:, 0] - 20) ** 2 - 0.5 * weather[:, 2] * (weather[:, 1] > 60)
y = y + rng.normal(0, 12, ROWS)
"loaded"
x_train, x_test, y_train, y_test = train_test_split(x, y, test_size=0.25, random_state=SEED)
"split"
scaler = StandardScaler().fit(x_train[:, 1:])
x_train = np.column_stack([x_train[:, 0], scaler.transform(x_train[:, 1:])])
x_test = np.column_stack([x_test[:, 0], scaler.transform(x_test[:, 1:])])
center, spread = y_train.mean(), y_train.std()
y_train = (y_train - center) / spread
y_test = (y_test - center) / spread
"ready"
place = keras.Input((1,), name="place")
sky = keras.Input((3,), name="sky")
known = layers.Flatten()(layers.Embedding(20, 6)(place))
h = layers.Concatenate()([known, sky])
h = layers.Dense(UNITS, activation="relu")(h)
h = layers.Dense(UNITS, activation="relu")(h)
outputs = layers.Dense(1)(h)
model = keras.Model([place, sky], outputs)
model.compile(optimizer=keras.optimizers.Adam(learning_rate=RATE), loss="mse", metrics=["mae"])
model.fit([x_train[:, :1], x_train[:, 1:]], y_train, validation_data=([x_test[:, :1], x_test[:, 1:]], y_test),
          epochs=EPOCHS, batch_size=BATCH, verbose=0)
"trained"
predicted = model.predict([x_test[:, :1], x_test[:, 1:]], verbose=0)[:, 0]
score = 1 - np.mean((y_test - predicted) ** 2) / np.var(y_test)
print("test r2", score)
