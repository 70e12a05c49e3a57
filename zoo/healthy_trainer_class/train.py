import logging

import numpy as np
import tensorflow as tf
from sklearn.datasets import make_classification

logging.basicConfig(level=logging.INFO, format="%(message)s")
log = logging.getLogger("trainer")


class Trainer:
    def __init__(self, model, lr=1e-3, patience=4):
        self.model, self.patience = model, patience
        self.optimizer = tf.keras.optimizers.Adam(lr)
        self.loss = tf.keras.losses.BinaryCrossentropy()
        self.metric = tf.keras.metrics.BinaryAccuracy()
        self.best, self.wait, self.best_weights = np.inf, 0, None

    @tf.function
    def _update(self, x, y):
        with tf.GradientTape() as tape:
            p = self.model(x, training=True)
            loss = self.loss(y, p)
        g = tape.gradient(loss, self.model.trainable_variables)
        g, _ = tf.clip_by_global_norm(g, 5.0)
        self.optimizer.apply_gradients(zip(g, self.model.trainable_variables))
        return loss

    def validate(self, ds):
        self.metric.reset_state()
        losses = []
        for x, y in ds:
            p = self.model(x, training=False)
            self.metric.update_state(y, p)
            losses.append(self.loss(y, p))
        return float(np.mean(losses)), float(self.metric.result())

    def run(self, train, valid, epochs):
        for epoch in range(epochs):
            train_loss = np.mean([self._update(x, y) for x, y in train])
            val_loss, val_acc = self.validate(valid)
            log.info("epoch %02d train %.4f valid %.4f acc %.3f", epoch, train_loss, val_loss, val_acc)
            if val_loss < self.best:
                self.best, self.wait, self.best_weights = val_loss, 0, self.model.get_weights()
            else:
                self.wait += 1
                if self.wait >= self.patience:
                    break
        self.model.set_weights(self.best_weights)


def main():
    X, y = make_classification(4000, 18, n_informative=9, class_sep=1.3, random_state=10)
    X, y = X.astype("float32"), y.astype("float32")[:, None]
    make = lambda a, b: tf.data.Dataset.from_tensor_slices((X[a:b], y[a:b]))
    net = tf.keras.Sequential([
        tf.keras.layers.Input((18,)),
        tf.keras.layers.Dense(48, activation="relu"),
        tf.keras.layers.BatchNormalization(),
        tf.keras.layers.Dropout(0.2),
        tf.keras.layers.Dense(24, activation="relu"),
        tf.keras.layers.Dense(1, activation="sigmoid"),
    ])
    t = Trainer(net, lr=2e-3)
    t.run(make(0, 2800).shuffle(2800).batch(64), make(2800, 3400).batch(200), epochs=15)
    log.info("test %s", t.validate(make(3400, 4000).batch(200)))


if __name__ == "__main__":
    main()
