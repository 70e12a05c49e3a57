import keras
import numpy as np
from keras import layers
from sklearn.datasets import make_multilabel_classification
from sklearn.metrics import f1_score
from sklearn.model_selection import train_test_split

X, Y = make_multilabel_classification(n_samples=3000, n_features=30, n_classes=6, n_labels=2, random_state=5)
X = np.log1p(X)
X_train, X_test, Y_train, Y_test = train_test_split(X, Y, test_size=0.25, random_state=5)
model = keras.Sequential([
    keras.Input((30,)),
    layers.Dense(64, activation="relu"),
    layers.Dropout(0.3),
    layers.Dense(6, activation="sigmoid"),
])
model.compile(optimizer="adam", loss="binary_crossentropy", metrics=[keras.metrics.BinaryAccuracy(), keras.metrics.AUC(multi_label=True)])
model.fit(X_train, Y_train, epochs=25, batch_size=32, validation_data=(X_test, Y_test), verbose=2)
Y_hat = (model.predict(X_test, verbose=0) > 0.5).astype(int)
print("micro F1", f1_score(Y_test, Y_hat, average="micro"), "macro F1", f1_score(Y_test, Y_hat, average="macro"))
