import keras
import numpy as np
from keras import layers
from sklearn.datasets import load_breast_cancer
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler

SEED = 14  # 0..40
UNITS = 16  # 24 32
RATE = 0.003  # 0.005
BATCH = 16  # 32
EPOCHS = 20  # 25
PATIENCE = 6  # 5

keras.utils.set_random_seed(SEED)
rng = np.random.default_rng(SEED)
x, y = load_breast_cancer(return_X_y=True)
"loaded"
x_train, x_test, y_train, y_test = train_test_split(x, y, test_size=0.3, random_state=SEED, stratify=y)
"split"
scaler = StandardScaler().fit(x_train)
x_train = scaler.transform(x_train)
x_test = scaler.transform(x_test)
"ready"
stop = keras.callbacks.EarlyStopping(monitor="val_loss", patience=PATIENCE, restore_best_weights=True)
model = keras.Sequential([
    layers.Input((30,)),
    layers.Dense(UNITS, activation="relu"),
    layers.Dropout(0.2),
    layers.Dense(UNITS, activation="relu"),
    layers.Dense(1, activation="sigmoid"),
])
model.compile(optimizer=keras.optimizers.Adam(learning_rate=RATE), loss="binary_crossentropy", metrics=["accuracy"])
model.fit(x_train, y_train, validation_data=(x_test, y_test), epochs=EPOCHS, batch_size=BATCH, callbacks=[stop],
          verbose=0)
"trained"
loss, score = model.evaluate(x_test, y_test, verbose=0)
print("test accuracy", score)
