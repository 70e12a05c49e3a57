import numpy as np
import tensorflow as tf
from sklearn.datasets import make_blobs

tf.keras.utils.set_random_seed(0)
X, y = make_blobs(n_samples=3000, centers=6, n_features=12, cluster_std=3.0, random_state=4)
X = ((X - X.mean(0)) / X.std(0)).astype("float32")

features = tf.data.Dataset.from_tensor_slices(X[:2400])
labels = tf.data.Dataset.from_tensor_slices(y[:2400])
features = features.shuffle(2400)
labels = labels.shuffle(2400)
train = tf.data.Dataset.zip((features, labels)).batch(32)
test = tf.data.Dataset.from_tensor_slices((X[2400:], y[2400:])).batch(100)


class Classifier(tf.keras.Model):
    def __init__(self, classes):
        super().__init__()
        self.d1 = tf.keras.layers.Dense(48, activation="elu")
        self.d2 = tf.keras.layers.Dense(48, activation="elu")
        self.out = tf.keras.layers.Dense(classes, activation="softmax")

    def call(self, x):
        return self.out(self.d2(self.d1(x)))


model = Classifier(6)
model.compile(optimizer="nadam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(train, validation_data=test, epochs=12, verbose=2,
          callbacks=[tf.keras.callbacks.ReduceLROnPlateau(patience=4)])
print(dict(zip(["loss", "acc"], model.evaluate(test, verbose=0))))
