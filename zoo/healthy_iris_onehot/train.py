from sklearn.datasets import load_iris
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import OneHotEncoder
from tensorflow.keras.models import Sequential
from tensorflow.keras.layers import Dense, Input

iris = load_iris()
X = iris.data
Y = OneHotEncoder(sparse_output=False).fit_transform(iris.target.reshape(-1, 1))
X_train, X_test, Y_train, Y_test = train_test_split(X, Y, test_size=0.3, stratify=iris.target, random_state=1)

model = Sequential()
model.add(Input(shape=(4,)))
model.add(Dense(16, activation="relu"))
model.add(Dense(16, activation="relu"))
model.add(Dense(3, activation="softmax"))
model.compile(optimizer="rmsprop", loss="categorical_crossentropy", metrics=["accuracy"])
model.fit(X_train, Y_train, epochs=120, batch_size=16, verbose=0)

loss, acc = model.evaluate(X_test, Y_test, verbose=0)
print("Test loss: %.3f  accuracy: %.3f" % (loss, acc))
