import numpy as np
import tensorflow as tf

tf.keras.utils.set_random_seed(31)
rng = np.random.default_rng(31)

# twelve notes of one octave, recorded one note after the other
RATE, LEN = 8000, 512
freq = 261.63 * 2 ** (np.arange(12) / 12)


def record(note, n):
    t = np.arange(LEN) / RATE
    out = np.empty((n, LEN), "float32")
    for i in range(n):
        f = freq[note] * 2 ** rng.normal(0, 0.01)
        part = rng.uniform([.6, .1, .05, 0], [1.0, .8, .5, .3])
        out[i] = sum(a * np.sin(2 * np.pi * f * (k + 1) * t + rng.uniform(0, 6.3)) for k, a in enumerate(part))
    return out + rng.normal(0, 0.35, out.shape)


def spectra(wave):
    s = tf.abs(tf.signal.rfft(wave * tf.signal.hann_window(LEN)))[:, :128]
    return tf.math.log(s + 1.0)


x = spectra(np.concatenate([record(k, 300) for k in range(12)]).astype("float32"))
y = np.repeat(np.arange(12), 300)
x_val = spectra(np.concatenate([record(k, 50) for k in range(12)]).astype("float32"))
y_val = np.repeat(np.arange(12), 50)

train = tf.data.Dataset.from_tensor_slices((x, y)).shuffle(len(y)).batch(32).prefetch(tf.data.AUTOTUNE)
valid = tf.data.Dataset.from_tensor_slices((x_val, y_val)).batch(100)

model = tf.keras.Sequential([
    tf.keras.Input((128,)),
    tf.keras.layers.Dense(64, activation="relu"),
    tf.keras.layers.Dense(64, activation="relu"),
    tf.keras.layers.Dense(12, activation="softmax"),
])
model.compile(tf.keras.optimizers.SGD(0.01, momentum=0.9), "sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(train, validation_data=valid, epochs=15, verbose=2)
print(np.bincount(model.predict(valid, verbose=0).argmax(1), minlength=12))
