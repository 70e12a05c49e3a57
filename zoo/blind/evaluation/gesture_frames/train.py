import numpy as np
import keras
from keras import layers
from sklearn.metrics import accuracy_score, f1_score

T, C = 20, 4


def recordings(n, rng):
    x = np.zeros((n, T, 3), "float32")
    y = np.zeros((n, T), int)
    dirs = np.array([[0, 0, 0], [1, 0, 0.3], [-0.5, 1, 0], [0, -0.6, -1]])
    for i in range(n):
        s = rng.integers(C)
        for t in range(T):
            if rng.uniform() < 0.18:
                s = rng.integers(C)
            y[i, t] = s
        v = dirs[y[i]] + rng.normal(0, 0.4, (T, 3))
        x[i] = v
    return x, keras.utils.to_categorical(y, C)


keras.utils.set_random_seed(44)
rng = np.random.default_rng(44)
X, Y = recordings(1200, rng)
Xt, Yt = recordings(300, rng)
inp = keras.Input((T, 3))
h = layers.Bidirectional(layers.GRU(16, return_sequences=True))(inp)
out = layers.Dense(C, activation="softmax")(h)
model = keras.Model(inp, out)
model.compile(keras.optimizers.Adam(5e-3), "categorical_crossentropy")
model.fit(X, Y, epochs=8, batch_size=32, validation_data=(Xt, Yt), verbose=2)
P = model.predict(Xt, verbose=0)
truth, guess = np.argmax(Yt, axis=1).ravel(), np.argmax(P, axis=1).ravel()
print("frame accuracy", accuracy_score(truth, guess), "macro F1", f1_score(truth, guess, average="macro"))
