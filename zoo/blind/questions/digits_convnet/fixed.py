import numpy as np
import keras
from keras.layers import Conv2D, Dense, Dropout, Flatten, MaxPooling2D
from sklearn.datasets import load_digits

keras.utils.set_random_seed(66)
x, y = load_digits(return_X_y=True)
x = x.reshape(-1, 8, 8, 1).astype("float32") / 16
y = keras.utils.to_categorical(y, 10)
cut = 1440


def get_model():
    m = keras.Sequential()
    m.add(keras.Input((8, 8, 1)))
    m.add(Conv2D(32, (3, 3), activation="relu", padding="same"))
    m.add(Conv2D(32, (3, 3), activation="relu", padding="same"))
    m.add(MaxPooling2D())
    m.add(Flatten())
    m.add(Dense(64, activation="relu"))
    m.add(Dropout(0.25))
    m.add(Dense(10, activation="softmax"))
    return m


model = get_model()
model.compile(loss="categorical_crossentropy", optimizer=keras.optimizers.Adam(learning_rate=0.001), metrics=["accuracy"])
model.fit(x[:cut], y[:cut], batch_size=32, epochs=8, validation_data=(x[cut:], y[cut:]), verbose=2)
print(np.bincount(model.predict(x[cut:], verbose=0).argmax(1), minlength=10))
