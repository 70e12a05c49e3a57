import keras
import numpy as np
from keras import layers
from sklearn.datasets import load_digits

x, y = load_digits(return_X_y=True)
mix = np.random.default_rng(34).permutation(1797)
x, y = (x[mix] / 16).astype("float32"), y[mix]


def mlp(*widths):
    return keras.Sequential([keras.Input((64,))] + [layers.Dense(w, activation="relu") for w in widths] + [layers.Dense(10)])


class Distiller(keras.Model):
    def __init__(self, student, teacher, temperature=3.0, alpha=0.3):
        super().__init__()
        self.student, self.teacher, self.temperature, self.alpha = student, teacher, temperature, alpha
        teacher.trainable = False

    def call(self, x):
        return self.student(x)

    def compute_loss(self, x=None, y=None, y_pred=None, sample_weight=None, allow_empty=False):
        soft = keras.ops.softmax(self.teacher(x, training=False) / self.temperature)
        hard_loss = keras.losses.sparse_categorical_crossentropy(y, y_pred, from_logits=True)
        soft_loss = keras.losses.categorical_crossentropy(soft, y_pred / self.temperature, from_logits=True)
        return keras.ops.mean(self.alpha * hard_loss + (1 - self.alpha) * self.temperature ** 2 * soft_loss)


teacher = mlp(128, 64)
teacher.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True), metrics=["accuracy"])
teacher.fit(x[:1400], y[:1400], epochs=12, batch_size=32, verbose=0)
distiller = Distiller(mlp(16), teacher)
distiller.compile(optimizer=keras.optimizers.Adam(0.005), metrics=["sparse_categorical_accuracy"])
distiller.fit(x[:1400], y[:1400], epochs=15, batch_size=32, verbose=2)
print("teacher", teacher.evaluate(x[1400:], y[1400:], verbose=0)[1], "student", (distiller.predict(x[1400:], verbose=0).argmax(1) == y[1400:]).mean())
