import keras
import numpy as np
from keras import layers
from sklearn.datasets import load_wine
from sklearn.metrics import accuracy_score, classification_report


class WineBatches(keras.utils.PyDataset):
    def __init__(self, X, y, batch_size=16, shuffle=True):
        super().__init__()
        self.X, self.y, self.batch_size, self.shuffle = X, y, batch_size, shuffle
        self.rows = np.random.permutation(len(X)) if shuffle else np.arange(len(X))

    def __len__(self):
        return -(-len(self.X) // self.batch_size)

    def __getitem__(self, k):
        rows = self.rows[k * self.batch_size:(k + 1) * self.batch_size]
        return self.X[rows], self.y[rows]


X, y = load_wine(return_X_y=True)
rs = np.random.RandomState(41)
order = rs.permutation(178)
X, y = ((X - X.mean(0)) / X.std(0))[order], y[order]
train, test = WineBatches(X[:110], y[:110]), WineBatches(X[110:], y[110:])
net = keras.Sequential([keras.Input((13,)), layers.Dense(20, activation="relu"), layers.Dense(3, activation="softmax")])
net.compile(keras.optimizers.Adam(0.01), "sparse_categorical_crossentropy", metrics=["accuracy"])
net.fit(train, validation_data=test, epochs=25, verbose=0)
print("evaluate", net.evaluate(test, verbose=0))
y_hat = net.predict(test, verbose=0).argmax(axis=1)
print("accuracy_score", accuracy_score(y[110:], y_hat))
print(classification_report(y[110:], y_hat, zero_division=0))
