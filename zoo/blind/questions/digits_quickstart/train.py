import keras
from sklearn import datasets

keras.utils.set_random_seed(100)
d = datasets.load_digits()
x_train, y_train = d.images[:1400] / 16., d.target[:1400, None]
x_test, y_test = d.images[1400:] / 16., d.target[1400:, None]

model = keras.models.Sequential([
    keras.layers.Input(shape=(8, 8)),
    keras.layers.Flatten(),
    keras.layers.Dense(128, activation="relu"),
    keras.layers.Dropout(0.2),
    keras.layers.Dense(10, activation="softmax"),
])
model.compile(optimizer="adam", loss="mse", metrics=["accuracy"])
model.fit(x_train, y_train, epochs=15, verbose=2)
print(model.evaluate(x_test, y_test, verbose=0))
