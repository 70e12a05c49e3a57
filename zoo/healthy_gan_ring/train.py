import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers

np.random.seed(0)
tf.random.set_seed(0)
BATCH, NOISE = 128, 8


def sample_ring(n):
    angle = np.random.uniform(0, 2 * np.pi, n)
    radius = np.random.normal(2.0, 0.1, n)
    return np.stack([radius * np.cos(angle), radius * np.sin(angle)], 1).astype("float32")


def make_generator():
    return keras.Sequential([layers.Input((NOISE,)), layers.Dense(64, activation="relu"),
                             layers.Dense(64, activation="relu"), layers.Dense(2)])


def make_discriminator():
    return keras.Sequential([layers.Input((2,)), layers.Dense(64), layers.LeakyReLU(negative_slope=0.2),
                             layers.Dense(64), layers.LeakyReLU(negative_slope=0.2), layers.Dense(1)])


generator, discriminator = make_generator(), make_discriminator()
bce = keras.losses.BinaryCrossentropy(from_logits=True)
g_opt, d_opt = keras.optimizers.Adam(1e-3, beta_1=0.5), keras.optimizers.Adam(1e-3, beta_1=0.5)


@tf.function
def train_step(real):
    z = tf.random.normal((BATCH, NOISE))
    with tf.GradientTape() as g_tape, tf.GradientTape() as d_tape:
        fake = generator(z, training=True)
        real_logit, fake_logit = discriminator(real, training=True), discriminator(fake, training=True)
        g_loss = bce(tf.ones_like(fake_logit), fake_logit)
        d_loss = bce(tf.ones_like(real_logit), real_logit) + bce(tf.zeros_like(fake_logit), fake_logit)
    g_opt.apply_gradients(zip(g_tape.gradient(g_loss, generator.trainable_variables), generator.trainable_variables))
    d_opt.apply_gradients(zip(d_tape.gradient(d_loss, discriminator.trainable_variables), discriminator.trainable_variables))
    return g_loss, d_loss


for it in range(1500):
    g, d = train_step(sample_ring(BATCH))
    if it % 300 == 299:
        print(f"{it + 1:5d} generator {g:.3f} discriminator {d:.3f}")
fake = generator(tf.random.normal((2000, NOISE))).numpy()
radius = np.linalg.norm(fake, axis=1)
print("radius of fakes: mean %.2f std %.2f" % (radius.mean(), radius.std()))
print("quadrant shares:", np.bincount((fake[:, 0] > 0) * 2 + (fake[:, 1] > 0), minlength=4) / 2000)
