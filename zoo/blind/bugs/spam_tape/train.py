import numpy as np
import tensorflow as tf
import keras
from sklearn.metrics import accuracy_score

SEED = 12
keras.utils.set_random_seed(SEED)
rng = np.random.default_rng(SEED)

# word frequency table, like the old spambase file
N, D = 6000, 48
spam = (rng.random(N) < .4)
f_ham = rng.gamma(.5, 1.2, D)
f_spam = f_ham * np.exp(rng.normal(0, 1.1, D))
lam = np.where(spam[:, None], f_spam, f_ham) * rng.gamma(3, 1 / 3., (N, 1)) * rng.gamma(2, .5, (N, D))
freq = rng.poisson(lam).astype('float32')
caps = rng.lognormal(1 + .8 * spam, .8).astype('float32')
X = np.log1p(np.concatenate([freq, caps[:, None]], 1))
X = (X - X.mean(0)) / (X.std(0) + 1e-6)
y = spam.astype('float32')[:, None]
Xtr, ytr, Xte, yte = X[:4800], y[:4800], X[4800:], y[4800:]

net = keras.Sequential([keras.Input((D + 1,)),
                        keras.layers.Dense(32, activation='relu'),
                        keras.layers.Dense(1, activation='sigmoid')])
opt = keras.optimizers.Adam(3e-3)
ds = tf.data.Dataset.from_tensor_slices((Xtr, ytr)).shuffle(5000, seed=SEED).batch(64)


def cross_entropy(t, p):
    return -tf.reduce_mean(t * tf.math.log(p) + (1. - t) * tf.math.log(1. - p))


@tf.function
def step(a, b):
    with tf.GradientTape() as tape:
        p = net(a, training=True)
        loss = cross_entropy(b, p)
    g = tape.gradient(loss, net.trainable_variables)
    opt.apply_gradients(zip(g, net.trainable_variables))
    return loss


for ep in range(6):
    tot = []
    for a, b in ds:
        tot.append(float(step(a, b)))
    pr = net(Xte).numpy()
    print('epoch', ep, 'loss', np.mean(tot), 'test acc', accuracy_score(yte, pr > .5))
