import numpy as np
import keras
from sklearn.datasets import load_wine
from sklearn.metrics import accuracy_score, confusion_matrix

keras.utils.set_random_seed(20)
X, y = load_wine(return_X_y=True)
rs = np.random.RandomState(20)
p = rs.permutation(len(y))
X, y = X[p], y[p]
X = (X - X[:120].mean(0)) / X[:120].std(0)

model = keras.Sequential([
    keras.layers.Input((13,)),
    keras.layers.Dense(24, activation="relu"),
    keras.layers.Dense(3, activation="softmax"),
])
opt = keras.optimizers.SGD(0.02, momentum=0.9, use_ema=True, ema_momentum=0.9999)
model.compile(optimizer=opt, loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(X[:120], y[:120], validation_data=(X[120:], y[120:]), epochs=25, batch_size=16, verbose=2)
hat = model.predict(X[120:], verbose=0).argmax(1)
print("held-out accuracy", accuracy_score(y[120:], hat))
print(confusion_matrix(y[120:], hat))
