import numpy as np
import tensorflow as tf
from tensorflow.keras import layers

tf.keras.utils.set_random_seed(26)
rng = np.random.default_rng(26)
MATERIALS = ("wood", "glass", "metal", "plastic", "stone")


def knock(kind, n=256):
    t = np.arange(n) / 8000
    f, decay = [(420, 90), (2300, 140), (1500, 45), (700, 160), (1100, 220)][kind]
    out = np.zeros(n)
    for h in (1, 1.6, 2.4):
        out += rng.uniform(.3, 1) * np.exp(-decay * h * t * rng.uniform(.7, 1.3)) * np.sin(
            2 * np.pi * f * h * rng.normal(1, .1) * t + rng.uniform(0, 6))
    return out + rng.normal(0, .25, n)


def batch_of(n):
    y = rng.integers(0, 5, n)
    return np.stack([knock(k) for k in y]).astype("float32")[..., None], y


class Net(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.blocks = []
        for filters in (16, 32, 32):
            self.blocks.append((layers.Conv1D(filters, 7, strides=2, use_bias=False), layers.BatchNormalization(momentum=0.9)))
        self.pool = layers.GlobalAveragePooling1D()
        self.drop = layers.Dropout(0.3)
        self.head = layers.Dense(5)

    def call(self, x, training=None):
        for conv, bn in self.blocks:
            x = tf.nn.relu(bn(conv(x), training=training))
        return self.head(self.drop(self.pool(x), training=training))


x_train, y_train = batch_of(2000)
x_val, y_val = batch_of(400)
net = Net()
opt = tf.keras.optimizers.Adam(2e-3)
ce = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)
data = tf.data.Dataset.from_tensor_slices((x_train, y_train)).shuffle(2000).batch(32)


@tf.function
def step(x, y):
    with tf.GradientTape() as tape:
        loss = ce(y, net(x, training=True))
    grads = tape.gradient(loss, net.trainable_variables)
    opt.apply_gradients(zip(grads, net.trainable_variables))
    return loss


@tf.function
def logits_of(x):
    return net(x, training=True)


for epoch in range(10):
    losses = [float(step(x, y)) for x, y in data]
    guess = [int(tf.argmax(logits_of(clip[None])[0])) for clip in x_val]
    print("epoch %d loss %.3f val accuracy %.3f" % (epoch + 1, np.mean(losses), np.mean(np.array(guess) == y_val)))
for k, name in enumerate(MATERIALS):
    print(name, "heard %d times, named %d times" % ((y_val == k).sum(), guess.count(k)))
