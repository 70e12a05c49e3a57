from sklearn.datasets import load_iris
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import scale
from keras import Input, Sequential, layers

X, y = load_iris(return_X_y=True)
X = scale(X)
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=1 / 3, shuffle=False)
model = Sequential([Input((4,)), layers.Dense(16, activation="relu"), layers.Dense(3, activation="softmax")])
model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(X_train, y_train, epochs=60, batch_size=8, validation_data=(X_test, y_test), verbose=2)
