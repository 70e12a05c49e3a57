import keras
from keras.layers import Conv2D, MaxPooling2D, Dense, Flatten, Dropout, Input
from keras.utils import to_categorical
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

keras.utils.set_random_seed(2)
digits = load_digits()
images = digits.images.reshape(-1, 8, 8, 1) / 16.0
X_train, X_test, Y_train, Y_test = train_test_split(images, to_categorical(digits.target), test_size=0.2, random_state=2)


def baseline_model(num_classes=10):
    model = keras.models.Sequential()
    model.add(Input(shape=(8, 8, 1)))
    model.add(Conv2D(32, (3, 3), activation='relu', padding='same'))
    model.add(MaxPooling2D())
    model.add(Conv2D(64, (3, 3), activation='relu', padding='same'))
    model.add(MaxPooling2D())
    model.add(Flatten())
    model.add(Dense(128, activation='relu'))
    model.add(Dropout(0.25))
    model.add(Dense(num_classes, activation='softmax'))
    model.compile(loss='categorical_crossentropy', optimizer=keras.optimizers.Adam(learning_rate=0.001), metrics=['accuracy'])
    return model


model = baseline_model()
model.fit(X_train, Y_train, validation_data=(X_test, Y_test), epochs=12, batch_size=32, verbose=2)
scores = model.evaluate(X_test, Y_test, verbose=0)
print("CNN error: %.2f%%" % (100 - scores[1] * 100))
