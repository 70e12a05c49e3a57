import keras
import numpy as np
from keras import layers
from sklearn.model_selection import train_test_split

SEED = 2  # 0..40
ROWS = 2400  # 2000
UNITS = 8  # 12 16
RATE = 0.005  # 0.003
BATCH = 32  # 64
EPOCHS = 10  # 8

keras.utils.set_random_seed(SEED)
rng = np.random.default_rng(SEED)
liking = np.concatenate([[0.0], rng.permutation(np.linspace(-1.7, 1.7, 99))])
x = rng.integers(1, 100, (ROWS, 20)) * (np.arange(20) < rng.integers(8, 21, (ROWS, 1)))
feeling = liking[x].sum(axis=1)
y = (feeling + rng.normal(0, 0.8, ROWS) > 0).astype("int64")
"loaded"
x_train, x_test, y_train, y_test = train_test_split(x, y, test_size=0.25, random_state=SEED)
"split"
"ready"
model = keras.Sequential([
    layers.Input((20,), dtype="int32"),
    layers.Embedding(100, UNITS),
    layers.GlobalAveragePooling1D(),
    layers.Dense(UNITS, activation="relu"),
    layers.Dense(1, activation="sigmoid"),
])
model.compile(optimizer=keras.optimizers.Adam(learning_rate=RATE), loss="binary_crossentropy", metrics=["accuracy"])
model.fit(x_train, y_train, validation_data=(x_test, y_test), epochs=EPOCHS, batch_size=BATCH, verbose=0)
"trained"
loss, score = model.evaluate(x_test, y_test, verbose=0)
print("test accuracy", score)
