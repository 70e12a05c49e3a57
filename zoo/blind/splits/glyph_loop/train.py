import numpy as np
import tensorflow as tf
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

tf.keras.utils.set_random_seed(41)

images, labels = load_digits(return_X_y=True)
images = (images / 16.0).astype("float32").reshape(-1, 8, 8, 1)
labels = labels.astype("int32")
tr_x, te_x, tr_y, te_y = train_test_split(images, labels, test_size=0.25, random_state=41, stratify=labels)

net = tf.keras.Sequential([
    tf.keras.Input((8, 8, 1)),
    tf.keras.layers.Conv2D(24, 3, activation="relu"),
    tf.keras.layers.Flatten(),
    tf.keras.layers.Dense(64, activation="relu"),
    tf.keras.layers.Dense(10),
])
sgd = tf.keras.optimizers.SGD(learning_rate=0.1, momentum=0.9)
batches = tf.data.Dataset.from_tensor_slices((tr_x, tr_y)).shuffle(2000).batch(128)


def cross_entropy(y, logits):
    one_hot = tf.one_hot(y, 10)
    log_p = logits - tf.reduce_logsumexp(logits, axis=1, keepdims=True)
    return -tf.reduce_sum(one_hot * log_p)


@tf.function
def update(x, y):
    with tf.GradientTape() as t:
        loss = cross_entropy(y, net(x, training=True))
    g = t.gradient(loss, net.trainable_variables)
    sgd.apply_gradients(zip(g, net.trainable_variables))
    return loss


for ep in range(20):
    running = [update(x, y).numpy() for x, y in batches]
    acc = np.mean(np.argmax(net(te_x).numpy(), axis=1) == te_y)
    print("epoch", ep, "loss", np.mean(running), "test acc", round(float(acc), 4))
