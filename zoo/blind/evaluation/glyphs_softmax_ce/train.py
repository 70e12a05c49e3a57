import numpy as np
import tensorflow as tf
import keras
from keras import layers


class Data:
    def __init__(self, n_classes=30, dim=24, seed=0):
        r = np.random.default_rng(seed)
        self.proto = r.normal(0, 1, (n_classes, 3, dim))
        self.n_classes, self.dim, self.r = n_classes, dim, r

    def sample(self, n):
        y = self.r.integers(0, self.n_classes, n)
        style = self.r.integers(0, 3, n)
        x = self.proto[y, style] + self.r.normal(0, 0.55, (n, self.dim))
        return x.astype("float32"), y.astype("int32")


class Trainer:
    def __init__(self, model, lr):
        self.model = model
        self.opt = keras.optimizers.SGD(lr, momentum=0.9)

    @tf.function
    def step(self, x, y):
        with tf.GradientTape() as tape:
            scores = self.model(x, training=True)
            loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=y, logits=scores))
        w = self.model.trainable_variables
        self.opt.apply_gradients(zip(tape.gradient(loss, w), w))
        return loss

    def run(self, ds, epochs, xv, yv):
        for e in range(epochs):
            ls = [float(self.step(a, b)) for a, b in ds]
            acc = np.mean(np.argmax(self.model.predict_on_batch(xv), -1) == yv)
            print(f"[{e + 1}/{epochs}] loss={np.mean(ls):.3f} val_acc={acc:.3f}")


if __name__ == "__main__":
    keras.utils.set_random_seed(10)
    d = Data()
    x, y = d.sample(6000)
    xv, yv = d.sample(1500)
    net = keras.Sequential([layers.Input((d.dim,)), layers.Dense(96, activation="relu"),
                            layers.Dense(96, activation="relu"),
                            layers.Dense(d.n_classes, activation="softmax")])
    ds = tf.data.Dataset.from_tensor_slices((x, y)).shuffle(6000, seed=1).batch(64)
    Trainer(net, 0.02).run(ds, 12, xv, yv)
