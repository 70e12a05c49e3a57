import numpy as np
import tensorflow as tf
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split


class Classifier(tf.keras.Model):
    def __init__(self, classes, rate=0.5):
        super().__init__()
        self.blocks = []
        for units in (128, 64):
            self.blocks += [tf.keras.layers.Dense(units), tf.keras.layers.BatchNormalization(),
                            tf.keras.layers.Activation("relu"), tf.keras.layers.Dropout(rate)]
        self.head = tf.keras.layers.Dense(classes)
        self.loss_tracker = tf.keras.metrics.Mean(name="loss")
        self.acc = tf.keras.metrics.SparseCategoricalAccuracy(name="acc")

    @property
    def metrics(self):
        return [self.loss_tracker, self.acc]

    def call(self, x, training=None):
        for layer in self.blocks:
            x = layer(x, training=training) if isinstance(layer, (tf.keras.layers.BatchNormalization, tf.keras.layers.Dropout)) else layer(x)
        return self.head(x)

    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            out = self(x, training=True)
            loss = tf.reduce_mean(tf.keras.losses.sparse_categorical_crossentropy(y, out, from_logits=True))
        g = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply_gradients(zip(g, self.trainable_variables))
        self.loss_tracker.update_state(loss)
        self.acc.update_state(y, out)
        return {m.name: m.result() for m in self.metrics}

    def test_step(self, data):
        x, y = data
        out = self(x, training=True)
        loss = tf.reduce_mean(tf.keras.losses.sparse_categorical_crossentropy(y, out, from_logits=True))
        self.loss_tracker.update_state(loss)
        self.acc.update_state(y, out)
        return {m.name: m.result() for m in self.metrics}


if __name__ == "__main__":
    tf.keras.utils.set_random_seed(36)
    x, y = load_digits(return_X_y=True)
    x = (x / 16).astype("float32")
    x_tr, x_te, y_tr, y_te = train_test_split(x, y, test_size=0.3, random_state=36)
    order = np.argsort(y_te, kind="stable")
    x_te, y_te = x_te[order], y_te[order]
    clf = Classifier(10)
    clf.compile(optimizer=tf.keras.optimizers.Adam(2e-3))
    clf.fit(x_tr, y_tr, epochs=25, batch_size=32, verbose=2)
    # per-digit drawers arrive one after the other
    print("test:", clf.evaluate(x_te, y_te, batch_size=16, verbose=0, return_dict=True))
