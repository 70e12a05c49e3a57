import numpy as np
import keras
from keras.models import Sequential
from keras.layers import Conv1D, MaxPooling1D, Flatten, Dense, Dropout
from sklearn.model_selection import train_test_split

keras.utils.set_random_seed(7)
rng = np.random.default_rng(7)

LEN = 187


def bump(t, c, w, a):
    return a * np.exp(-0.5 * ((t - c) / w) ** 2)


def make_beat(ectopic):
    t = np.arange(LEN)
    c = rng.normal(80, 6)
    w = rng.normal(1.0, 0.12)
    if ectopic:
        s = bump(t, c, 9 * w, rng.normal(1.0, .25)) - bump(t, c + 30, 14 * w, rng.normal(.35, .15))
        s += bump(t, c - 35, 6, max(0, rng.normal(.03, .05)))
    else:
        s = bump(t, c, rng.normal(5, 1.6) * w, rng.normal(1.0, .25)) - bump(t, c + 9, 4, .2)
        s += bump(t, c - 35, 6, rng.normal(.12, .05)) + bump(t, c + 45, 12 * w, rng.normal(.22, .18))
    drift = rng.normal(0, .12) * np.sin(2 * np.pi * t / rng.uniform(150, 400) + rng.uniform(0, 6))
    return s + drift + rng.normal(0, .08, LEN)


labels = (rng.random(1600) < 0.4).astype("int32")
signals = np.stack([make_beat(l) for l in labels])
X = signals.reshape(-1, LEN, 1)
print(X.shape, labels.shape, np.bincount(labels))
x_train, x_test, y_train, y_test = train_test_split(X, labels, test_size=0.25, random_state=1)

model = Sequential()
model.add(keras.Input((LEN, 1)))
model.add(Conv1D(16, 7, activation='relu'))
model.add(MaxPooling1D(3))
model.add(Conv1D(32, 5, activation='relu'))
model.add(MaxPooling1D(3))
model.add(Flatten())
model.add(Dense(32, activation='relu'))
model.add(Dropout(0.2))
model.add(Dense(1, activation='softmax'))
model.compile(loss='binary_crossentropy', optimizer='adam', metrics=['accuracy'])
model.summary()

history = model.fit(x_train, y_train, epochs=10, batch_size=32, validation_data=(x_test, y_test), verbose=2)
pred = model.predict(x_test, verbose=0)
print(pred[:10].ravel())
print('test acc', np.mean((pred.ravel() > 0.5) == y_test))
