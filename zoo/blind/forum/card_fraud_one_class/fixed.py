import numpy as np
import keras
from keras import layers
from sklearn.metrics import classification_report, recall_score
from sklearn.model_selection import train_test_split

keras.utils.set_random_seed(35)
r = np.random.default_rng(35)
N = 12000
is_fraud = (r.random(N) < 0.025).astype(int)
X = r.normal(0, 1, (N, 14))
X[:, :6] += is_fraud[:, None] * np.array([0.9, -0.7, 0.6, 0.8, -0.5, 0.6]) * r.normal(1, 0.5, (N, 1))
X[:, 12] = X[:, 0] * 0.5 + r.normal(0, 1, N)

x_train, x_test, y_train, y_test = train_test_split(X, is_fraud, stratify=is_fraud, test_size=0.25, random_state=35)
weights = {0: 1.0, 1: float((y_train == 0).sum() / (y_train == 1).sum())}

model = keras.Sequential([
    layers.Input((14,)),
    layers.Dense(24, activation="relu"),
    layers.Dropout(0.2),
    layers.Dense(12, activation="relu"),
    layers.Dense(1, activation="sigmoid"),
])
model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
model.fit(x_train, y_train, epochs=8, batch_size=128, validation_data=(x_test, y_test), class_weight=weights, verbose=2)
pred = (model.predict(x_test, verbose=0).ravel() > 0.5).astype(int)
print(classification_report(y_test, pred, zero_division=0))
print("fraud found: %.3f" % recall_score(y_test, pred))
