import numpy as np
import tensorflow as tf
import keras
from keras import layers

keras.utils.set_random_seed(60)
rng = np.random.default_rng(60)

n = 6000
cc = rng.integers(50, 3000, n).astype("float32")            # engine, ccm
age = rng.integers(18, 85, n).astype("float32")
density = rng.lognormal(5.5, 1.2, n).astype("float32")      # inhabitants per km2
exposure = rng.uniform(0.2, 1.0, n).astype("float32")
rate = np.exp(-1.2 + 0.0005 * cc - 0.018 * (age - 45) + 0.25 * np.log(density / 245))
claims = rng.poisson(rate * exposure).astype("float32")
X = np.stack([cc, age, density], 1)
X_n = (X - X[:4800].mean(0)) / X[:4800].std(0)


class PoissonNet(keras.Model):
    def __init__(self, inputs):
        super().__init__()
        self.inputs_kind = inputs
        self.hidden = layers.Dense(32, activation="relu")
        self.log_rate = layers.Dense(1)

    def call(self, x):
        return self.log_rate(self.hidden(x))


def nll(log_rate, expo, count):
    lam = tf.exp(log_rate) * expo
    return tf.reduce_mean(lam - count * tf.math.log(lam))


net = PoissonNet("tabular")
opt = keras.optimizers.Adam(1e-3)
ds = tf.data.Dataset.from_tensor_slices((X_n[:4800], exposure[:4800], claims[:4800])).shuffle(4800).batch(64)


@tf.function
def train_step(x, e, c):
    with tf.GradientTape() as tape:
        loss = nll(net(x)[:, 0], e, c)
    g = tape.gradient(loss, net.trainable_variables)
    opt.apply_gradients(zip(g, net.trainable_variables))
    return loss


for epoch in range(10):
    ls = [float(train_step(*b)) for b in ds]
    val = float(nll(net(X_n[4800:])[:, 0], exposure[4800:], claims[4800:]))
    print(f"epoch {epoch + 1}  train nll {np.mean(ls):.4f}  val nll {val:.4f}")
const = claims[:4800].sum() / exposure[:4800].sum()
print("constant rate val nll", float(nll(tf.fill([n - 4800], np.float32(np.log(const))), exposure[4800:], claims[4800:])))
