import numpy as np
import keras
from keras import layers
from sklearn.datasets import make_multilabel_classification
from sklearn.metrics import f1_score
from sklearn.preprocessing import StandardScaler

keras.utils.set_random_seed(6)
X, Y = make_multilabel_classification(n_samples=4000, n_features=40, n_classes=8, n_labels=3, length=60,
                                      allow_unlabeled=False, random_state=6)
X = StandardScaler().fit_transform(X)
Y = Y.astype("float32")
x_train, x_val, y_train, y_val = X[:3200], X[3200:], Y[:3200], Y[3200:]

inputs = keras.Input(shape=(40,))
x = layers.Dense(64, activation="relu")(inputs)
x = layers.Dropout(0.3)(x)
x = layers.Dense(64, activation="relu")(x)
outputs = layers.Dense(8, activation="softmax")(x)
model = keras.Model(inputs, outputs)
model.compile(optimizer="adam", loss="categorical_crossentropy", metrics=["binary_accuracy"])
model.fit(x_train, y_train, epochs=15, batch_size=32, validation_data=(x_val, y_val), verbose=2)

tags = model.predict(x_val, verbose=0) > 0.5
print("tags per photo, predicted %.2f, real %.2f" % (tags.sum(1).mean(), y_val.sum(1).mean()))
print("micro F1 %.3f" % f1_score(y_val, tags, average="micro", zero_division=0))
