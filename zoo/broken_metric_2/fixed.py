import numpy as np
import tensorflow as tf
from sklearn.datasets import make_classification
from sklearn.metrics import f1_score

X, y = make_classification(3000, 10, n_informative=6, weights=[0.7], class_sep=1.5, random_state=29)
X, y = X.astype("float32"), y.astype("float32").reshape(-1, 1)


class F1(tf.keras.metrics.Metric):
    def __init__(self, name="f1"):
        super().__init__(name=name)
        self.tp = self.add_weight(name="tp", initializer="zeros")
        self.pred = self.add_weight(name="pred", initializer="zeros")
        self.true = self.add_weight(name="true", initializer="zeros")

    def update_state(self, y_true, y_pred, sample_weight=None):
        y_true = tf.cast(y_true, tf.int32)
        y_pred = tf.cast(tf.round(y_pred), tf.int32)
        self.tp.assign_add(tf.cast(tf.reduce_sum(y_true * y_pred), tf.float32))
        self.pred.assign_add(tf.cast(tf.reduce_sum(y_pred), tf.float32))
        self.true.assign_add(tf.cast(tf.reduce_sum(y_true), tf.float32))

    def result(self):
        return 2 * self.tp / (self.pred + self.true + 1e-6)


model = tf.keras.Sequential([tf.keras.layers.Input((10,)), tf.keras.layers.Dense(32, activation="relu"), tf.keras.layers.Dense(1, activation="sigmoid")])
model.compile("adam", "binary_crossentropy", metrics=[F1()])
model.fit(X[:2400], y[:2400], epochs=15, batch_size=32, validation_data=(X[2400:], y[2400:]), verbose=2)
print("sklearn", f1_score(y[2400:], model.predict(X[2400:], verbose=0) > 0.5))
