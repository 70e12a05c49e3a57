import numpy as np
import tensorflow as tf
from sklearn.datasets import make_friedman1

X, y = make_friedman1(2000, n_features=5, noise=0.2, random_state=1)
y = (y - y.mean()) / y.std()
X, y = X.astype("float32"), y.astype("float32")[:, None]
tf.keras.utils.set_random_seed(1)
net = tf.keras.Sequential([tf.keras.layers.Input((5,)), tf.keras.layers.Dense(64, activation="relu"), tf.keras.layers.Dense(64, activation="relu"), tf.keras.layers.Dense(1)])
sgd = tf.keras.optimizers.SGD(learning_rate=0.05)
mse = tf.keras.losses.MeanSquaredError()


@tf.function
def train(xb, yb):
    with tf.GradientTape() as tape:
        loss = mse(yb, net(xb, training=True))
    sgd.apply_gradients(zip(tape.gradient(loss, net.trainable_weights), net.trainable_weights))
    return loss


data = tf.data.Dataset.from_tensor_slices((X[:1600], y[:1600])).shuffle(1600).batch(32)
for epoch in range(10):
    print("epoch %d loss %.4f" % (epoch, np.mean([train(*b) for b in data])))
print("test loss", float(mse(y[1600:], net(X[1600:]))))
