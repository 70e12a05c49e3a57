import keras
import numpy as np
from keras.layers import Dense, Input
from sklearn.datasets import load_breast_cancer
from sklearn.metrics import accuracy_score, roc_auc_score

keras.utils.set_random_seed(81)
d = load_breast_cancer()
i = np.random.default_rng(81).permutation(len(d.data))
X, y = d.data[i], d.target[i]
m, s = X[:420].mean(0), X[:420].std(0)
X = (X - m) / s

net = keras.Sequential([Input((30,)), Dense(20, activation='sigmoid'), Dense(10, activation='sigmoid'), Dense(1, activation='sigmoid')])
net.compile(loss='mse', optimizer=keras.optimizers.Adam(0.005))
net.fit(X[:420], y[:420], epochs=22, batch_size=16, verbose=2, validation_data=(X[420:], y[420:]))
p = net.predict(X[420:], verbose=0).ravel()
print('accuracy', accuracy_score(y[420:], p > 0.5), 'auc', roc_auc_score(y[420:], p))
