import numpy as np
from sklearn.datasets import make_moons
from tensorflow.keras.layers import Dense, Input
from tensorflow.keras.models import Sequential
from tensorflow.keras.optimizers import Adam

X, y = make_moons(n_samples=2000, noise=0.2, random_state=0)
X_train, y_train, X_test, y_test = X[:1500], y[:1500], X[1500:], y[1500:]

model = Sequential([Input((2,)), Dense(24, activation="relu"), Dense(24, activation="relu"), Dense(1, activation="sigmoid")])
model.compile(loss="binary_crossentropy", optimizer=Adam(0.01), metrics=["accuracy"])

batch = 50
for epoch in range(15):
    order = np.random.permutation(len(X_train))
    model.reset_metrics()
    for i in range(0, len(order), batch):
        rows = order[i:i + batch]
        loss, acc = model.train_on_batch(X_train[rows], y_train[rows])
    test_loss, test_acc = model.test_on_batch(X_test, y_test)
    print("epoch", epoch, "train", round(float(acc), 3))
print("final", model.evaluate(X_test, y_test, verbose=0))
