import keras
from sklearn.datasets import load_breast_cancer
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler

keras.utils.set_random_seed(101)
X, y = load_breast_cancer(return_X_y=True)
y = 2 * y - 1
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.25, random_state=101)
s = StandardScaler().fit(X_train)
model = keras.Sequential([keras.layers.Input((30,)), keras.layers.Dense(16, activation="relu"), keras.layers.Dense(1)])
model.compile(keras.optimizers.Adam(0.003), loss="squared_hinge")
model.fit(s.transform(X_train), y_train, epochs=20, batch_size=16, validation_data=(s.transform(X_test), y_test), verbose=2)
margin = model.predict(s.transform(X_test), verbose=0)[:, 0]
print("accuracy", ((margin > 0) == (y_test > 0)).mean())
