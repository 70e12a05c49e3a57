from keras.models import Sequential
from keras.layers import Dense, Input
from keras.optimizers import SGD
from keras.utils import set_random_seed, to_categorical
from sklearn.datasets import load_wine
from sklearn.model_selection import train_test_split

set_random_seed(10)
X, y = load_wine(return_X_y=True)
Xtrain, Xtest, ytrain, ytest = train_test_split(X, to_categorical(y), test_size=0.3, stratify=y, random_state=10)


def scaled(a):
    return (a - Xtrain.mean(axis=0)) / Xtrain.std(axis=0)


model = Sequential()
model.add(Input((13,)))
model.add(Dense(20, activation='tanh'))
model.add(Dense(20, activation='tanh'))
model.add(Dense(3, activation='softmax'))
model.compile(loss='categorical_crossentropy', optimizer=SGD(learning_rate=0.05), metrics=['accuracy'])
model.fit(scaled(Xtrain), ytrain, epochs=60, batch_size=10, verbose=2, validation_data=(scaled(Xtest), ytest))
