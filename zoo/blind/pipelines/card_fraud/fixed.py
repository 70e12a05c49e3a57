import numpy as np
import tensorflow as tf
import keras
from keras import layers
from sklearn.metrics import confusion_matrix, recall_score, precision_score
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import RobustScaler

keras.utils.set_random_seed(33)
rng = np.random.default_rng(33)

n = 15000
fraud = (rng.random(n) < 0.02).astype(int)
v = rng.standard_t(6, (n, 14))
v[:, :6] += fraud[:, None] * np.array([0.9, -0.8, 0.7, 0.6, -0.6, 0.5])
amount = rng.lognormal(3.4 + 0.3 * fraud, 1.0, n)
X = np.c_[v, np.log1p(amount)]

X_train, X_test, y_train, y_test = train_test_split(X, fraud, test_size=0.2, stratify=fraud, random_state=0)
sc = RobustScaler().fit(X_train)
X_train, X_test = sc.transform(X_train), sc.transform(X_test)

train_ds = tf.data.Dataset.from_tensor_slices((X_train, y_train)).shuffle(len(X_train)).batch(256)
test_ds = tf.data.Dataset.from_tensor_slices((X_test, y_test)).batch(256)

model = keras.Sequential([
    layers.Input((X.shape[1],)),
    layers.Dense(16, activation="relu"),
    layers.Dropout(0.3),
    layers.Dense(1, activation="sigmoid"),
])
model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
w = (y_train == 0).sum() / (y_train == 1).sum()
model.fit(train_ds, validation_data=test_ds, epochs=12, class_weight={0: 1.0, 1: float(w)}, verbose=2)

pred = (model.predict(test_ds, verbose=0).ravel() > 0.5).astype(int)
print(confusion_matrix(y_test, pred))
print("precision", precision_score(y_test, pred, zero_division=0), "recall", recall_score(y_test, pred))
