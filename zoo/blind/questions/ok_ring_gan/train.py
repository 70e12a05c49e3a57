import numpy as np
import tensorflow as tf
from tensorflow.keras import layers

tf.keras.utils.set_random_seed(105)
BATCH, LATENT = 256, 4


def real(n):
    return np.random.normal([1.0, -2.0], [0.5, 0.8], (n, 2)).astype("float32")


gen = tf.keras.Sequential([layers.Input((LATENT,)), layers.Dense(32, activation="relu"), layers.Dense(32, activation="relu"), layers.Dense(2)])
disc = tf.keras.Sequential([layers.Input((2,)), layers.Dense(32), layers.LeakyReLU(0.2), layers.Dense(32), layers.LeakyReLU(0.2), layers.Dense(1)])
bce = tf.keras.losses.BinaryCrossentropy(from_logits=True)
decay = tf.keras.optimizers.schedules.CosineDecay(1e-3, 3500)
g_opt, d_opt = tf.keras.optimizers.Adam(decay, beta_1=0.5), tf.keras.optimizers.Adam(decay, beta_1=0.5)


@tf.function
def step(x):
    z = tf.random.normal((BATCH, LATENT))
    with tf.GradientTape(persistent=True) as tape:
        fake = gen(z, training=True)
        r, f = disc(x, training=True), disc(fake, training=True)
        d_loss = bce(tf.ones_like(r), r) + bce(tf.zeros_like(f), f)
        g_loss = bce(tf.ones_like(f), f)
    d_opt.apply_gradients(zip(tape.gradient(d_loss, disc.trainable_variables), disc.trainable_variables))
    g_opt.apply_gradients(zip(tape.gradient(g_loss, gen.trainable_variables), gen.trainable_variables))
    return d_loss, g_loss


for it in range(3501):
    d, g = step(real(BATCH))
    if it % 500 == 0:
        s = gen.predict(np.random.normal(size=(1000, LATENT)), verbose=0)
        print(it, "d %.3f g %.3f" % (d, g), "mean", s.mean(0).round(2), "std", s.std(0).round(2))
