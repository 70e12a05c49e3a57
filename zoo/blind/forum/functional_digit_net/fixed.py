import numpy as np
from keras import Input, Model, layers, utils
from sklearn.datasets import load_digits

utils.set_random_seed(24)
d = load_digits()
X, y = d.images[..., None] / 16, d.target
perm = np.random.RandomState(24).permutation(len(X))
X, y = X[perm], y[perm]

inp = Input(shape=(8, 8, 1))
conv1 = layers.Conv2D(16, 3, padding="same", activation="relu")(inp)
conv2 = layers.Conv2D(32, 3, padding="same", activation="relu")(conv1)
pool = layers.MaxPooling2D(2)(conv2)
flat = layers.Flatten()(pool)
fc = layers.Dense(64, activation="relu")(flat)
drop = layers.Dropout(0.2)(fc)
out = layers.Dense(10, activation="softmax")(drop)

model = Model(inputs=inp, outputs=out)
model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(X[:1400], y[:1400], epochs=20, batch_size=32, validation_data=(X[1400:], y[1400:]), verbose=2)
