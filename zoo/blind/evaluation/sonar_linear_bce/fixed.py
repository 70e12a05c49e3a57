import numpy as np
import keras
from sklearn.datasets import make_classification
from sklearn.model_selection import train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, roc_auc_score

X, y = make_classification(n_samples=2400, n_features=40, n_informative=10, n_redundant=8, n_clusters_per_class=3,
                           class_sep=1.1, flip_y=0.04, random_state=14)
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.25, random_state=14)
base = make_pipeline(StandardScaler(), LogisticRegression(max_iter=500)).fit(X_train, y_train)
print("logreg", base.score(X_test, y_test))
scaler = StandardScaler()
X_train = scaler.fit_transform(X_train)
X_test = scaler.transform(X_test)

keras.utils.set_random_seed(14)
inp = keras.Input(shape=(40,))
x = keras.layers.Dense(64, activation="relu")(inp)
x = keras.layers.Dropout(0.3)(x)
x = keras.layers.Dense(32, activation="relu")(x)
score = keras.layers.Dense(1)(x)
model = keras.Model(inp, score)
model.compile(optimizer="adam", loss=keras.losses.BinaryCrossentropy(from_logits=True),
              metrics=[keras.metrics.BinaryAccuracy(threshold=0.0)])
model.fit(X_train, y_train, epochs=15, batch_size=32, validation_split=0.1, verbose=2)
logit = model.predict(X_test, verbose=0).ravel()
print("accuracy", accuracy_score(y_test, logit > 0), "auc", roc_auc_score(y_test, logit))
