# one sample at a time, as in the paper
import numpy as np
import keras
from sklearn.datasets import load_iris
from sklearn.model_selection import train_test_split

keras.utils.set_random_seed(5)
X, y = load_iris(return_X_y=True)
X = (X - X.mean(0)) / X.std(0)
X_train, X_val, y_train, y_val = train_test_split(X, y, test_size=0.3, stratify=y, random_state=5)
model = keras.Sequential([
    keras.layers.Input((4,)),
    keras.layers.Dense(16, use_bias=False),
    keras.layers.BatchNormalization(),
    keras.layers.Activation("relu"),
    keras.layers.Dense(3, activation="softmax"),
])
model.compile(keras.optimizers.Adam(0.005), "sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(X_train, y_train, batch_size=1, epochs=15, validation_data=(X_val, y_val), verbose=2)
