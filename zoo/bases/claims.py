import keras
import numpy as np
from keras import layers
from sklearn.datasets import make_classification
from sklearn.metrics import balanced_accuracy_score
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler

SEED = 7  # 0..40
ROWS = 2400  # 2000 3000
UNITS = 24  # 16 32
RATE = 0.003  # 0.005
BATCH = 32  # 64
EPOCHS = 12  # 15

keras.utils.set_random_seed(SEED)
rng = np.random.default_rng(SEED)
x, y = make_classification(n_samples=ROWS, n_features=10, n_informative=6, weights=[0.85], class_sep=1.2, flip_y=0.02,
                           random_state=SEED)
x = x * 10.0 ** rng.uniform(-1, 3.5, 10)
"loaded"
x_train, x_test, y_train, y_test = train_test_split(x, y, test_size=0.25, random_state=SEED, stratify=y)
"split"
scaler = StandardScaler().fit(x_train)
x_train = scaler.transform(x_train)
x_test = scaler.transform(x_test)
"ready"
weight = {0: 1.0, 1: float((y_train == 0).sum() / max(1, (y_train == 1).sum()))}
model = keras.Sequential([
    layers.Input((10,)),
    layers.Dense(UNITS, activation="relu"),
    layers.Dropout(0.1),
    layers.Dense(UNITS, activation="relu"),
    layers.Dense(1, activation="sigmoid"),
])
model.compile(optimizer=keras.optimizers.Adam(learning_rate=RATE), loss="binary_crossentropy",
              metrics=[keras.metrics.Precision(name="precision"), keras.metrics.Recall(name="recall")])
model.fit(x_train, y_train, validation_data=(x_test, y_test), epochs=EPOCHS, batch_size=BATCH, class_weight=weight,
          verbose=0)
"trained"
predicted = model.predict(x_test, verbose=0)[:, 0] > 0.5
score = balanced_accuracy_score(y_test, predicted)
print("balanced accuracy", score)
