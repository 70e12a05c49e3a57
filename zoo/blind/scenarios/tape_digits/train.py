import numpy as np
import tensorflow as tf
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

tf.keras.utils.set_random_seed(15)
X, y = load_digits(return_X_y=True)
X_tr, X_va, y_tr, y_va = train_test_split((X / 16).astype("float32"), y, test_size=0.25, random_state=2)
train = tf.data.Dataset.from_tensor_slices((X_tr, y_tr)).shuffle(2000, seed=1).batch(64)
valid = tf.data.Dataset.from_tensor_slices((X_va, y_va)).batch(128)


class Net(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.a = tf.keras.layers.Dense(32, activation="relu")
        self.b = tf.keras.layers.Dense(10)

    def call(self, x):
        return self.b(self.a(x))


net = Net()
loss_fn = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)
opt = tf.keras.optimizers.SGD(0.1)
train_loss = tf.keras.metrics.Mean()
train_acc = tf.keras.metrics.SparseCategoricalAccuracy()
val_acc = tf.keras.metrics.SparseCategoricalAccuracy()


@tf.function
def train_step(xb, yb):
    with tf.GradientTape() as tape:
        logits = net(xb, training=True)
        loss = loss_fn(yb, logits)
    opt.apply_gradients(zip(tape.gradient(loss, net.trainable_variables), net.trainable_variables))
    train_loss.update_state(loss)
    train_acc.update_state(yb, logits)


for epoch in range(20):
    train_loss.reset_state()
    train_acc.reset_state()
    for xb, yb in train:
        train_step(xb, yb)
    for xb, yb in valid:
        val_acc.update_state(yb, net(xb, training=False))
    print("epoch %2d loss %.3f acc %.3f val_acc %.3f" % (epoch + 1, train_loss.result(), train_acc.result(), val_acc.result()))

print("final validation accuracy: %.3f" % float(val_acc.result()))
