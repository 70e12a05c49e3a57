import numpy as np
import keras
from keras import layers, ops

keras.utils.set_random_seed(14)
rng = np.random.default_rng(14)
CLASSES = ['still', 'walk', 'run', 'stairs', 'bus']


def record(c, T=64):
    t = np.arange(T) / 20.
    f = [0, rng.normal(1.8, .2), rng.normal(2.7, .25), rng.normal(1.5, .2), rng.normal(.7, .3)][c]
    a = [.05, rng.normal(1, .25), rng.normal(2.2, .5), rng.normal(.9, .25), rng.normal(.4, .15)][c]
    ph = rng.uniform(0, 6.28, 3)
    g = rng.normal([0.3, 0.2, 9.6], [.6, .6, .4])
    out = []
    for k in range(3):
        harm = .5 if c == 3 else .15
        s = a * (1 - .25 * k) * (np.sin(2 * np.pi * f * t + ph[k]) + harm * np.sin(4 * np.pi * f * t + ph[k]))
        out.append(g[k] + s + rng.normal(0, .35, T))
    return np.stack(out, 1)


def conv_bn(x, filters, k):
    x = layers.Conv1D(filters, k, padding='same', use_bias=False)(x)
    x = layers.BatchNormalization(momentum=0.9, epsilon=1e-3)(x)
    return layers.Activation('relu')(x)


y = rng.integers(0, 5, 2400)
x = np.stack([record(c) for c in y]).astype('float32')
x = x - x[:1920].mean((0, 1))
xtr, ytr, xva, yva = x[:1920], y[:1920], x[1920:], y[1920:]

inp = keras.Input((64, 3))
h = conv_bn(inp, 24, 7)
h = layers.MaxPooling1D(2)(h)
h = conv_bn(h, 32, 5)
h = layers.MaxPooling1D(2)(h)
h = conv_bn(h, 48, 3)
h = layers.GlobalAveragePooling1D()(h)
out = layers.Dense(5, activation='softmax')(h)
net = keras.Model(inp, out)
net.compile(optimizer=keras.optimizers.Adam(3e-3), loss='sparse_categorical_crossentropy', metrics=['accuracy'])
net.fit(xtr, ytr, validation_data=(xva, yva), batch_size=64, epochs=12, verbose=2)

pr = net.predict(xva, verbose=0).argmax(-1)
for c, n in enumerate(CLASSES):
    print(n, 'recall', (pr[yva == c] == c).mean().round(3), 'predicted', (pr == c).sum())
