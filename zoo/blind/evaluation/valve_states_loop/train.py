import numpy as np
import tensorflow as tf
import keras

keras.utils.set_random_seed(52)
rng = np.random.default_rng(52)
N = 1500
x = rng.normal(0, 1, (N, 9)).astype("float32")
x[:, 8] = 0.6 * x[:, 0] - 0.4 * x[:, 3] + 0.5 * x[:, 8]
s = np.stack([x[:, 0] * x[:, 1] + x[:, 8], x[:, 2] - 0.5 * x[:, 4] ** 2, -x[:, 1] + 0.7 * x[:, 5]], 1) * 1.6
y = (s + rng.gumbel(0, 0.5, s.shape)).argmax(1).astype("int32")

BATCH = 256
n_val = 200
make = lambda a, b: tf.data.Dataset.from_tensor_slices((a, b)).batch(BATCH, drop_remainder=True)
train_ds = make(x[n_val:], y[n_val:]).shuffle(8, seed=1)
val_ds = make(x[:n_val], y[:n_val])

model = keras.Sequential([keras.layers.Input((9,)), keras.layers.Dense(32, activation="relu"),
                          keras.layers.Dense(16, activation="relu"), keras.layers.Dense(3)])
ce = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
adam = keras.optimizers.Adam(5e-3)
tr_loss, va_loss = keras.metrics.Mean(), keras.metrics.Mean()
va_acc = keras.metrics.SparseCategoricalAccuracy()


@tf.function
def train(a, b):
    with tf.GradientTape() as g:
        l = ce(b, model(a, training=True))
    w = model.trainable_variables
    adam.apply_gradients(zip(g.gradient(l, w), w))
    tr_loss.update_state(l)


@tf.function
def validate(a, b):
    o = model(a, training=False)
    va_loss.update_state(ce(b, o))
    va_acc.update_state(b, o)


for epoch in range(30):
    for m in (tr_loss, va_loss, va_acc):
        m.reset_state()
    for a, b in train_ds:
        train(a, b)
    for a, b in val_ds:
        validate(a, b)
    if epoch % 5 == 4:
        print("%3d train %.4f val %.4f val_acc %.4f" % (epoch + 1, tr_loss.result(), va_loss.result(), va_acc.result()))
