import numpy as np
import keras
from sklearn.datasets import make_classification
from sklearn.metrics import accuracy_score
from sklearn.model_selection import train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import PowerTransformer, StandardScaler

keras.utils.set_random_seed(14)

spectra, soil = make_classification(n_samples=5000, n_features=30, n_informative=12, n_redundant=10, n_classes=6,
                                    n_clusters_per_class=2, class_sep=1.9, flip_y=0.02, random_state=14)
spectra = np.exp(spectra / 6) * 100

X_train, X_test, y_train, y_test = train_test_split(spectra, soil, train_size=70, random_state=0, stratify=soil)
prep = make_pipeline(PowerTransformer(standardize=False), StandardScaler())
X_train = prep.fit_transform(X_train)
X_test = prep.transform(X_test)

inputs = keras.Input(shape=(30,))
h = keras.layers.Dense(64, activation="relu")(inputs)
h = keras.layers.Dropout(0.2)(h)
h = keras.layers.Dense(32, activation="relu")(h)
outputs = keras.layers.Dense(6, activation="softmax")(h)
model = keras.Model(inputs, outputs)
model.compile(optimizer=keras.optimizers.Adam(2e-3), loss=keras.losses.SparseCategoricalCrossentropy(), metrics=["acc"])
model.fit(X_train, y_train, epochs=40, batch_size=32, validation_data=(X_test, y_test), verbose=2)
print("train", accuracy_score(y_train, model.predict(X_train, verbose=0).argmax(1)))
print("test ", accuracy_score(y_test, model.predict(X_test, verbose=0).argmax(1)))
