import keras
import numpy as np
from keras import ops
from sklearn.datasets import make_multilabel_classification
from sklearn.metrics import f1_score

keras.utils.set_random_seed(73)
x, y = make_multilabel_classification(3000, 40, n_classes=6, n_labels=2, length=60, random_state=73)
x = np.sqrt(x).astype("float32")
x = (x - x[:2400].mean(0)) / x[:2400].std(0)
y = y.astype("float32")


class MacroF1(keras.metrics.Metric):
    def __init__(self, classes, name="macro_f1", **kw):
        super().__init__(name=name, **kw)
        self.tp = self.add_weight(shape=(classes,), name="tp", initializer="zeros")
        self.pp = self.add_weight(shape=(classes,), name="pp", initializer="zeros")
        self.ap = self.add_weight(shape=(classes,), name="ap", initializer="zeros")

    def update_state(self, y_true, y_pred, sample_weight=None):
        p = ops.cast(y_pred > 0, "float32")
        self.tp.assign_add(ops.sum(p * y_true, axis=0))
        self.pp.assign_add(ops.sum(p, axis=0))
        self.ap.assign_add(ops.sum(y_true, axis=0))

    def result(self):
        return ops.mean(2 * self.tp / (self.pp + self.ap + 1e-7))


model = keras.Sequential([keras.Input((40,)), keras.layers.Dense(32, activation="relu"), keras.layers.Dropout(0.3), keras.layers.Dense(6)])
model.compile("adam", keras.losses.BinaryCrossentropy(from_logits=True), metrics=[MacroF1(6)])
model.fit(x[:2400], y[:2400], epochs=20, validation_data=(x[2400:], y[2400:]), verbose=2)
print("sklearn", f1_score(y[2400:], model.predict(x[2400:], verbose=0) > 0, average="macro"))
