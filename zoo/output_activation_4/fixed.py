import keras
import numpy as np
from keras import layers
from sklearn.datasets import make_multilabel_classification
from sklearn.metrics import f1_score

X, Y = make_multilabel_classification(2500, n_features=20, n_classes=5, n_labels=3, random_state=11)
X = (X - X.mean(0)) / X.std(0)
model = keras.Sequential([
    keras.Input((20,)),
    layers.Dense(48, activation="relu"),
    layers.Dense(5, activation="sigmoid"),
])
model.compile(optimizer="adam", loss=keras.losses.BinaryCrossentropy(from_logits=False), metrics=[keras.metrics.Recall(name="recall"), "binary_accuracy"])
model.fit(X[:2000], Y[:2000], epochs=20, batch_size=32, validation_data=(X[2000:], Y[2000:]), verbose=2)
print("micro f1", f1_score(Y[2000:], model.predict(X[2000:], verbose=0) > 0.5, average="micro"))
