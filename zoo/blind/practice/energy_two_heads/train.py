import numpy as np
import tensorflow as tf
import keras
from keras import layers

keras.utils.set_random_seed(71)
rng = np.random.default_rng(71)
n = 4000
area, glass, height, insul = rng.uniform(60, 300, n), rng.beta(2, 5, n), rng.choice([2.6, 3.5], n), rng.uniform(0.1, 0.9, n)
heating = area * height * (0.02 + 0.05 * glass) * (1.4 - insul) + rng.normal(0, 1.2, n)
rating = np.digitize(heating / area, [0.06, 0.085, 0.115])
flip = rng.random(n) < 0.05
rating = np.where(flip, rng.integers(0, 4, n), rating)
X = np.c_[area, glass, height, insul]
X = ((X - X.mean(0)) / X.std(0)).astype("float32")
heating = ((heating - heating.mean()) / heating.std()).astype("float32")


class Worker(keras.Model):
    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            pred = self(x, training=True)
            loss = self.compute_loss(x=x, y=y, y_pred=pred)
        grads = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply(grads, self.trainable_variables)
        for m in self.metrics:
            if m.name == "loss":
                m.update_state(loss)
        return self.compute_metrics(x, y, pred)


inp = keras.Input((4,))
h = layers.Dense(64, activation="relu")(inp)
h = layers.Dense(64, activation="relu")(h)
out = {"kwh": layers.Dense(1, name="kwh")(h), "rating": layers.Dense(4, activation="softmax", name="rating")(h)}
model = Worker(inp, out)
model.compile(optimizer=keras.optimizers.Adam(0.003), loss={"kwh": "mse", "rating": "sparse_categorical_crossentropy"},
              metrics={"kwh": ["mae"], "rating": ["accuracy"]})
model.fit(X[:3200], {"kwh": heating[:3200], "rating": rating[:3200]}, epochs=18, batch_size=32, verbose=2,
          validation_data=(X[3200:], {"kwh": heating[3200:], "rating": rating[3200:]}))
