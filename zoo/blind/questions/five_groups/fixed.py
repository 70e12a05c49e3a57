import keras
import numpy as np
from sklearn.datasets import make_classification
from sklearn.model_selection import train_test_split

keras.utils.set_random_seed(50)
X, y = make_classification(2400, 25, n_informative=12, n_redundant=4, n_classes=5, n_clusters_per_class=1, class_sep=1.6, flip_y=0.01, random_state=50)
X = X / X.std(0)
X_train, X_val, y_train, y_val = train_test_split(X, y, test_size=0.25, random_state=50)
model = keras.Sequential([keras.layers.Input((25,)),
                          keras.layers.Dense(64, activation="relu"),
                          keras.layers.Dense(64, activation="relu"),
                          keras.layers.Dense(5, activation="softmax")])
model.compile(keras.optimizers.SGD(0.005), "sparse_categorical_crossentropy", metrics=["accuracy"])
stop = keras.callbacks.EarlyStopping(monitor="val_loss", min_delta=0.0005, patience=5, verbose=1)
history = model.fit(X_train, y_train, epochs=60, batch_size=32, validation_data=(X_val, y_val), callbacks=[stop], verbose=2)
print("epochs run", len(history.history["loss"]), "final", model.evaluate(X_val, y_val, verbose=0))
