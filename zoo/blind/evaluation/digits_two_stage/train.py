import numpy as np
import tensorflow as tf
import keras
from keras import layers
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split


class EncoderHead(keras.Model):
    def __init__(self, code=6, n_classes=10, **kw):
        super().__init__(**kw)
        self.encoder = keras.Sequential([
            layers.Dense(48, activation="relu"),
            layers.Dense(code, activation="tanh", name="code"),
        ])
        self.head = layers.Dense(n_classes)
        self.ce = keras.losses.SparseCategoricalCrossentropy(from_logits=True)

    def call(self, x, training=None):
        return self.head(self.encoder(x, training=training))

    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            z = self.encoder(x, training=True)
            z = tf.stop_gradient(z)
            logits = self.head(z)
            loss = self.ce(y, logits)
        w = self.trainable_weights
        self.optimizer.apply_gradients(zip(tape.gradient(loss, w), w))
        for m in self.metrics:
            if m.name == "loss":
                m.update_state(loss)
            else:
                m.update_state(y, logits)
        return {m.name: m.result() for m in self.metrics}


keras.utils.set_random_seed(9)
X, y = load_digits(return_X_y=True)
X = (X / 16.0).astype("float32")
X_tr, X_te, y_tr, y_te = train_test_split(X, y, test_size=0.25, random_state=9)
model = EncoderHead()
model.build((None, 64))
model.compile(optimizer=keras.optimizers.Adam(3e-3),
              loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
              metrics=["sparse_categorical_accuracy"])
model.fit(X_tr, y_tr, batch_size=32, epochs=20, validation_data=(X_te, y_te), verbose=2)
print("test accuracy", np.mean(model.predict(X_te, verbose=0).argmax(-1) == y_te))
