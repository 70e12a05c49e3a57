import numpy as np
import tensorflow as tf
from sklearn.metrics import r2_score

tf.keras.utils.set_random_seed(27)
rng = np.random.default_rng(27)
n = 1600
x = rng.normal(0, 1, (n, 5)).astype("float32")
price = 240000 + 60000 * x[:, 0] + 35000 * np.tanh(x[:, 1] * x[:, 2]) - 20000 * x[:, 3] + rng.normal(0, 8000, n)
price = price.astype("float32")
centre, spread = price[:1200].mean(), price[:1200].std()
y = (price - centre) / spread


class Valuer(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.body = tf.keras.Sequential([tf.keras.layers.Dense(32, activation="relu"), tf.keras.layers.Dense(32, activation="relu")])
        self.out = tf.keras.layers.Dense(1)
        self.tracker = tf.keras.metrics.Mean(name="loss")

    def call(self, x):
        return self.out(self.body(x))

    def train_step(self, data):
        a, b = data
        with tf.GradientTape() as tape:
            error = tf.squeeze(self(a, training=True), -1) - b
            loss = tf.reduce_mean(tf.square(error))
        grads = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply_gradients(zip(grads, self.trainable_variables))
        self.tracker.update_state(loss)
        return {"loss": self.tracker.result()}

    @property
    def metrics(self):
        return [self.tracker]


model = Valuer()
model.compile(optimizer=tf.keras.optimizers.Adam(1e-3))
model.fit(x[:1200], y[:1200], epochs=40, batch_size=32, verbose=2)
guess = model.predict(x[1200:], verbose=0)[:, 0] * spread + centre
print("R2", r2_score(price[1200:], guess), "mean guess", guess.mean(), "mean price", price[1200:].mean())
