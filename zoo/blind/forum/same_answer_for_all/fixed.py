# why does my network give exactly the same probabilities for every flower?
import numpy as np
import keras
from sklearn import datasets, preprocessing, model_selection

keras.utils.set_random_seed(1)
iris = datasets.load_iris()
X = preprocessing.scale(iris.data)
Y = keras.utils.to_categorical(iris.target, 3)
Xtr, Xte, Ytr, Yte = model_selection.train_test_split(X, Y, test_size=0.3, random_state=5, stratify=iris.target)

init = keras.initializers.GlorotUniform(seed=1)
net = keras.Sequential(name="flowers")
net.add(keras.Input((4,)))
net.add(keras.layers.Dense(24, activation="relu", kernel_initializer=init, bias_initializer=init))
net.add(keras.layers.Dense(24, activation="relu", kernel_initializer=init, bias_initializer=init))
net.add(keras.layers.Dense(3, activation="softmax", kernel_initializer=init, bias_initializer=init))
net.compile(optimizer=keras.optimizers.SGD(0.05, momentum=0.9), loss="categorical_crossentropy", metrics=["accuracy"])
net.fit(Xtr, Ytr, epochs=40, batch_size=16, validation_data=(Xte, Yte), verbose=2)
print(net.predict(Xte[:4], verbose=0))
