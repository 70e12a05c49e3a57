import keras
from sklearn.datasets import make_circles
from sklearn.model_selection import train_test_split

points, ring = make_circles(2000, noise=0.08, factor=0.45, random_state=19)
a_train, a_test, b_train, b_test = train_test_split(points, ring, test_size=0.25, random_state=19)
model = keras.Sequential([
    keras.layers.Input(shape=(2,)),
    keras.layers.Dense(32, activation="relu"),
    keras.layers.Dense(32, activation="relu"),
    keras.layers.Dense(16, activation="relu"),
    keras.layers.Dense(1, activation="sigmoid"),
])
model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
model.fit(a_train, b_train, batch_size=32, epochs=30, validation_data=(a_test, b_test), verbose=0)
print("Accuracy: %.2f" % model.evaluate(a_test, b_test, verbose=0)[1])
