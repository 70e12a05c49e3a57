import numpy as np
import keras
from keras import layers
from sklearn.metrics import accuracy_score

keras.utils.set_random_seed(18)
rng = np.random.default_rng(18)
K, D = 12, 26
centres = rng.normal(0, 1.2, (K, 2, D))


def frames(n):
    y = rng.integers(0, K, n)
    speaker = rng.integers(0, 2, n)
    x = centres[y, speaker] + rng.normal(0, 1.3, (n, D))
    return x.astype("float32"), y


x_train, y_train = frames(6000)
x_test, y_test = frames(1500)
HIDDEN = (24, 24)

stack = [keras.Input((D,))] + [layers.Dense(h, activation="relu") for h in HIDDEN] + [layers.Dense(K)]
model = keras.Sequential(stack)
model.compile(optimizer=keras.optimizers.Adam(2e-3), metrics=["accuracy"],
              loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True))
model.fit(x_train, y_train, epochs=15, batch_size=64, validation_split=0.1, verbose=2)
print("train acc", accuracy_score(y_train, model.predict(x_train, verbose=0).argmax(-1)))
print("test acc", accuracy_score(y_test, model.predict(x_test, verbose=0).argmax(-1)))
