import numpy as np
import keras
from keras import layers
from sklearn.datasets import make_friedman1
from sklearn.metrics import r2_score


class Regressor(keras.Model):
    def __init__(self, **kw):
        super().__init__(**kw)
        self.h1 = layers.Dense(32, activation="relu")
        self.h2 = layers.Dense(32, activation="relu")
        self.o = layers.Dense(1)

    def call(self, x, training=None):
        return self.o(self.h2(self.h1(x)))

    def test_step(self, data):
        x, y = data
        pred = self(x, training=False)
        loss = self.compute_loss(x, y, pred)
        for m in self.metrics:
            if m.name != "loss":
                m.update_state(y, pred)
            else:
                m.update_state(loss)
        return self.get_metrics_result()


keras.utils.set_random_seed(35)
X, y = make_friedman1(3000, n_features=8, noise=1.0, random_state=35)
X = (X - 0.5) * 3.4
y = ((y - 14.4) / 5)[:, None]
model = Regressor()
model.compile(optimizer=keras.optimizers.Adam(2e-3), loss="mse", metrics=["mae"])
model.fit(X[:2400], y[:2400], epochs=25, batch_size=32, verbose=2, validation_data=(X[2400:], y[2400:]))
print("R2", r2_score(y[2400:], model.predict(X[2400:], verbose=0)))
