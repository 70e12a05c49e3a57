import numpy as np
import pandas as pd
from sklearn.model_selection import train_test_split
from tensorflow.keras.layers import Dense, Input
from tensorflow.keras.models import Sequential
from tensorflow.keras.optimizers import SGD

rng = np.random.default_rng(3)
n = 2500
people = pd.DataFrame({
    "salary": rng.normal(52000, 14000, n),
    "age": rng.integers(18, 70, n),
    "debt": rng.gamma(2, 6000, n),
    "children": rng.integers(0, 5, n),
})
z = (people.salary - 52000) / 14000 - (people.debt - 12000) / 8500 + (people.age - 44) / 15
people["paid"] = (z + rng.normal(0, 0.4, n) > 0).astype(int)

X = people[["salary", "age", "debt", "children"]].to_numpy(dtype="float32")
y = people["paid"].to_numpy()
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.2, random_state=0)
mean, std = X_train.mean(axis=0), X_train.std(axis=0)
X_train, X_test = (X_train - mean) / std, (X_test - mean) / std

model = Sequential()
model.add(Input((4,)))
model.add(Dense(16, activation="tanh"))
model.add(Dense(8, activation="tanh"))
model.add(Dense(1, activation="sigmoid"))
model.compile(loss="binary_crossentropy", optimizer=SGD(learning_rate=0.05), metrics=["accuracy"])
model.fit(X_train, y_train, epochs=15, batch_size=32, validation_data=(X_test, y_test), verbose=2)
