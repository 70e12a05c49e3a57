import keras
import numpy as np
from sklearn.datasets import make_multilabel_classification
from sklearn.metrics import f1_score

keras.utils.set_random_seed(114)
X, Y = make_multilabel_classification(3000, 40, n_classes=8, n_labels=2, length=400, allow_unlabeled=True, random_state=114)
X = np.log1p(X)
X = (X - X.mean(0)) / X.std(0)
print("tags per document", Y.sum(1).mean(), "documents without any", (Y.sum(1) == 0).mean())
model = keras.Sequential([keras.layers.Input((40,)), keras.layers.Dense(64, activation="relu"), keras.layers.Dropout(0.4), keras.layers.Dense(8)])
model.compile("adamw", keras.losses.BinaryCrossentropy(from_logits=True), metrics=[keras.metrics.BinaryAccuracy(threshold=0.0)])
model.fit(X[:2400], Y[:2400], validation_data=(X[2400:], Y[2400:]), epochs=20, verbose=2)
print("micro F1", f1_score(Y[2400:], model.predict(X[2400:], verbose=0) > 0, average="micro"))
