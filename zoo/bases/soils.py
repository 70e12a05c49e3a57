import keras
import numpy as np
from keras import layers
from sklearn.datasets import make_classification
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler

SEED = 3  # 0..40
ROWS = 1200  # 900 1500
UNITS = 32  # 24 48 64
RATE = 0.005  # 0.003 0.01
BATCH = 32  # 16 64
EPOCHS = 15  # 20

keras.utils.set_random_seed(SEED)
rng = np.random.default_rng(SEED)
x, y = make_classification(n_samples=ROWS, n_features=12, n_informative=8, n_classes=4, n_clusters_per_class=1,
                           class_sep=1.4, flip_y=0.08, random_state=SEED)
x = x * 10.0 ** rng.uniform(-1.5, 3, 12) + 10.0 ** rng.uniform(-1, 2, 12)
"loaded"
x_train, x_test, y_train, y_test = train_test_split(x, y, test_size=0.25, random_state=SEED)
"split"
scaler = StandardScaler().fit(x_train)
x_train = scaler.transform(x_train)
x_test = scaler.transform(x_test)
"ready"
model = keras.Sequential([
    layers.Input((12,)),
    layers.Dense(UNITS, activation="relu"),
    layers.Dense(UNITS, activation="relu"),
    layers.Dense(4, activation="softmax"),
])
model.compile(optimizer=keras.optimizers.Adam(learning_rate=RATE), loss="sparse_categorical_crossentropy",
              metrics=["accuracy"])
model.fit(x_train, y_train, validation_data=(x_test, y_test), epochs=EPOCHS, batch_size=BATCH, verbose=0)
"trained"
loss, score = model.evaluate(x_test, y_test, verbose=0)
print("test accuracy", score)
