import numpy as np
import keras
from keras import layers
from sklearn.datasets import make_classification
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler

keras.utils.set_random_seed(14)
X, y = make_classification(n_samples=6000, n_features=20, n_informative=8, n_redundant=4, n_classes=4,
                           n_clusters_per_class=2, class_sep=1.3, flip_y=0.03, random_state=14)
X = StandardScaler().fit_transform(X)
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.2, random_state=14)

ACT = "sigmoid"
inputs = layers.Input((20,))
h = inputs
for width in [64, 64, 64, 48, 48, 32, 32, 16]:
    h = layers.Dense(width, activation=ACT)(h)
out = layers.Dense(4, activation="softmax")(h)
model = keras.Model(inputs, out)
model.compile(keras.optimizers.SGD(learning_rate=0.01, momentum=0.9), "sparse_categorical_crossentropy",
              metrics=["accuracy"])
model.fit(X_train, y_train, epochs=12, batch_size=32, validation_data=(X_test, y_test), verbose=2)
