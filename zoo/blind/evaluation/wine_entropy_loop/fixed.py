import numpy as np
import tensorflow as tf
import keras
from sklearn.datasets import load_wine
from sklearn.model_selection import train_test_split

keras.utils.set_random_seed(5)
data = load_wine()
Xa, Xb, ya, yb = train_test_split(data.data, data.target, test_size=0.3, random_state=5, stratify=data.target)
m, s = Xa.mean(0), Xa.std(0)
Xa, Xb = ((Xa - m) / s).astype("float32"), ((Xb - m) / s).astype("float32")
ya1 = keras.utils.to_categorical(ya, 3).astype("float32")

net = keras.Sequential([
    keras.layers.Input(shape=(13,)),
    keras.layers.Dense(20, activation="tanh"),
    keras.layers.Dense(3, activation="softmax"),
])
opt = keras.optimizers.Adam(0.005)


def cross_entropy(y_true, y_pred):
    logp = tf.math.log(y_pred + 1e-8)
    return -tf.reduce_mean(tf.reduce_sum(y_true * logp, axis=1))


@tf.function
def step(xb, yb_):
    with tf.GradientTape() as t:
        out = net(xb, training=True)
        l = cross_entropy(yb_, out)
    g = t.gradient(l, net.trainable_weights)
    opt.apply_gradients(zip(g, net.trainable_weights))
    return l


ds = tf.data.Dataset.from_tensor_slices((Xa, ya1)).shuffle(200, seed=1).batch(16)
for ep in range(40):
    tot = 0.0
    for xb, y_ in ds:
        tot += float(step(xb, y_))
    if ep % 5 == 4:
        acc = (net.predict(Xb, verbose=0).argmax(1) == yb).mean()
        print(f"epoch {ep + 1}: loss {tot / len(ds):.4f}  test acc {acc:.3f}")
