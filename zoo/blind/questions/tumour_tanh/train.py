# breast cancer wisconsin, functional API
import keras
import numpy as np
from sklearn.datasets import load_breast_cancer
from sklearn.model_selection import train_test_split

keras.utils.set_random_seed(5)
data = load_breast_cancer()
features = data.data.astype("float32")
target = data.target
x_tr, x_te, y_tr, y_te = train_test_split(features, target, test_size=0.3, random_state=1, stratify=target)

inputs = keras.Input(shape=(30,))
h = keras.layers.Dense(20, activation="tanh")(inputs)
h = keras.layers.Dense(10, activation="tanh")(h)
outputs = keras.layers.Dense(1, activation="sigmoid")(h)
net = keras.Model(inputs, outputs)
net.compile("adam", "binary_crossentropy", metrics=["accuracy"])
net.summary()
net.fit(x_tr, y_tr, validation_split=0.15, epochs=30, batch_size=16, verbose=2)
p = net.predict(x_te, verbose=0)[:, 0]
print("distinct probabilities", len(np.unique(p.round(3))))
print("test", net.evaluate(x_te, y_te, verbose=0))
