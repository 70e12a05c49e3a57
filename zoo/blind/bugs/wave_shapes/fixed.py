import numpy as np
import keras
from keras import layers

keras.utils.set_random_seed(4)
rng = np.random.default_rng(4)
T = 100


def series(kind):
    t = np.linspace(0, 1, T)
    f = rng.uniform(2.5, 6)
    ph = rng.uniform(0, 1)
    u = (f * t + ph) % 1
    s = [np.sin(2 * np.pi * u), np.sign(u - .5), 2 * u - 1, 4 * np.abs(u - .5) - 1][kind]
    return rng.uniform(.6, 1.4) * s + rng.normal(0, .25, T) + rng.normal(0, .3)


labels = rng.integers(0, 4, 3000)
data = np.array([series(k) for k in labels])[:, :, None]
x_train, y_train = data[:2400], labels[:2400]
x_val, y_val = data[2400:], labels[2400:]


def residual_block(x, f):
    h = layers.LayerNormalization()(x)
    h = layers.Conv1D(f, 5, padding='same', activation='relu')(h)
    h = layers.Conv1D(f, 5, padding='same')(h)
    if x.shape[-1] != f:
        return layers.Activation('relu')(h)
    return layers.Activation('relu')(layers.add([x, h]))


inputs = keras.Input((T, 1))
x = inputs
x = layers.LayerNormalization(axis=1, epsilon=1e-6)(x)
x = layers.Conv1D(24, 7, padding='same', activation='relu')(x)
x = residual_block(x, 24)
x = layers.MaxPooling1D(2)(x)
x = residual_block(x, 24)
x = layers.GlobalAveragePooling1D()(x)
x = layers.Dense(32, activation='relu')(x)
outputs = layers.Dense(4, activation='softmax')(x)
model = keras.Model(inputs, outputs)
model.compile(optimizer='adam', loss='sparse_categorical_crossentropy', metrics=['accuracy'])
model.fit(x_train, y_train, validation_data=(x_val, y_val), epochs=12, batch_size=64, verbose=2)
print(model.predict(x_val[:5], verbose=0))
print('acc', (model.predict(x_val, verbose=0).argmax(1) == y_val).mean())
