import numpy as np
from keras import Input, Sequential
from keras.layers import Dense
from keras.optimizers import SGD

x = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=float)
y = np.array([[0], [1], [1], [0]], dtype=float)
model = Sequential([Input((2,)), Dense(8, activation="tanh"), Dense(1, activation="sigmoid")])
model.compile(loss="binary_crossentropy", optimizer=SGD(learning_rate=0.5, momentum=0.9), metrics=["accuracy"])
model.fit(x, y, batch_size=4, epochs=200, verbose=0)
print(model.predict(x, verbose=0).round(3))
print(model.evaluate(x, y, verbose=0))
