'''Small version of the well known MNIST CNN example.'''
import keras
from keras.layers import Conv2D, Dense, Dropout, Flatten, Input, MaxPooling2D
from sklearn.datasets import load_digits

keras.utils.set_random_seed(1337)
batch_size = 64
num_classes = 10
epochs = 15

raw = load_digits()
x = raw.images.astype('float32')[..., None] / 16
y = keras.utils.to_categorical(raw.target, num_classes)
x_train, y_train, x_test, y_test = x[:1400], y[:1400], x[1400:], y[1400:]
print(x_train.shape[0], 'train samples')

model = keras.Sequential()
model.add(Input((8, 8, 1)))
model.add(Conv2D(32, kernel_size=(3, 3), activation='relu'))
model.add(Conv2D(64, (3, 3), activation='relu'))
model.add(MaxPooling2D(pool_size=(2, 2)))
model.add(Dropout(0.25))
model.add(Flatten())
model.add(Dense(128, activation='relu'))
model.add(Dropout(0.5))
model.add(Dense(num_classes, activation='softmax'))

model.compile(loss=keras.losses.categorical_crossentropy, optimizer=keras.optimizers.Adadelta(learning_rate=1.0), metrics=['accuracy'])
model.fit(x_train, y_train, batch_size=batch_size, epochs=epochs, verbose=2, validation_data=(x_test, y_test))
score = model.evaluate(x_test, y_test, verbose=0)
print('Test loss:', score[0])
print('Test accuracy:', score[1])
