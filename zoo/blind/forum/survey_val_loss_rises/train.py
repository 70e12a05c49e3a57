import numpy as np
import keras
from keras import layers, regularizers
from sklearn.datasets import make_classification
from sklearn.model_selection import train_test_split

keras.utils.set_random_seed(18)
X, y = make_classification(n_samples=700, n_features=60, n_informative=8, n_redundant=6, n_clusters_per_class=1,
                           flip_y=0.12, class_sep=0.9, random_state=18)
x_train, x_val, y_train, y_val = train_test_split(X, y, test_size=0.4, random_state=18)

model = keras.Sequential([
    layers.Input((60,)),
    layers.Dense(512, activation="relu"),
    layers.Dense(512, activation="relu"),
    layers.Dense(256, activation="relu"),
    layers.Dense(1, activation="sigmoid"),
])
model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
history = model.fit(x_train, y_train, epochs=60, batch_size=32, validation_data=(x_val, y_val), verbose=2)
for key in ("loss", "val_loss", "accuracy", "val_accuracy"):
    print(key, np.round(history.history[key][::20] + history.history[key][-1:], 3))
