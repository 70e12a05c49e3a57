import numpy as np
import keras
from sklearn.datasets import load_iris
from sklearn.model_selection import train_test_split

keras.utils.set_random_seed(70)
X, y = load_iris(return_X_y=True)
Y = keras.utils.to_categorical(y)
a, b, ya, yb = train_test_split(X - X.mean(0), Y, test_size=0.3, random_state=70)
model = keras.models.Sequential()
model.add(keras.layers.Input((4,)))
model.add(keras.layers.Dense(12, activation="relu"))
model.add(keras.layers.Dense(3, activation="softmax"))
model.compile(loss="categorical_crossentropy", optimizer=keras.optimizers.Adam(0.01), metrics=["accuracy"])
model.fit(a, ya, epochs=25, batch_size=8, verbose=2)
classes = model.predict_classes(b)
print("accuracy", np.mean(classes == yb.argmax(1)))
