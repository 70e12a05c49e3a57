import numpy as np
import tensorflow as tf
from sklearn.datasets import load_digits

tf.keras.utils.set_random_seed(91)
rng = np.random.default_rng(91)
x = (load_digits().images / 16).astype("float32")[..., None]


def holes(n):
    """1 where a pixel can be seen, 0 where it is hidden"""
    m = np.ones((n, 8, 8, 1), "float32")
    for i in range(n):
        r, c = rng.integers(0, 6, 2)
        m[i, r:r + 3, c:c + 3] = 0
    return m


class Filler(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.net = tf.keras.Sequential([
            tf.keras.layers.Flatten(),
            tf.keras.layers.Dense(256, activation="relu"),
            tf.keras.layers.Dense(256, activation="relu"),
            tf.keras.layers.Dense(64, activation="sigmoid"),
            tf.keras.layers.Reshape((8, 8, 1)),
        ])
        self.mean = tf.keras.metrics.Mean(name="loss")

    def call(self, inputs):
        image, seen = inputs
        return self.net(tf.concat([image * seen, seen], -1))

    def error(self, image, seen, guess):
        return tf.reduce_sum(tf.square(image - guess) * (1 - seen)) / tf.reduce_sum(1 - seen)

    def train_step(self, data):
        image, seen = data[0]
        with tf.GradientTape() as tape:
            loss = self.error(image, seen, self((image, seen), training=True))
        grads = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply_gradients(zip(grads, self.trainable_variables))
        self.mean.update_state(loss)
        return {"loss": self.mean.result()}

    @property
    def metrics(self):
        return [self.mean]


a, b = x[:1500], x[1500:]
seen_b = holes(len(b))
model = Filler()
model.compile(optimizer=tf.keras.optimizers.Adam(1e-3))
model.fit((a, holes(len(a))), epochs=25, batch_size=32, verbose=2)
hidden = seen_b < 0.5
guess = model.predict((b, seen_b), verbose=0)
print("error of hidden pixels", np.square(guess - b)[hidden].mean(), "of the mean picture", np.square(a.mean(0) - b)[hidden].mean())
