import keras
import numpy as np
from keras import layers

rng = np.random.default_rng(52)
profile = rng.normal(size=(3000, 4)).astype("float32")
history = rng.normal(size=(3000, 12)).astype("float32")
y = (history[:, :6].sum(1) * 0.6 + profile[:, 0] * 0.4 + rng.normal(0, 0.3, 3000) > 0).astype("float32")


class TwoTower(keras.Model):
    def __init__(self):
        super().__init__()
        self.profile_tower = layers.Dense(16, activation="relu")
        self.history_tower = layers.Dense(32, activation="relu")
        self.mix = layers.Concatenate()
        self.out = layers.Dense(1, activation="sigmoid")

    def call(self, inputs):
        a = self.profile_tower(inputs["profile"])
        b = self.history_tower(inputs["history"])
        return self.out(self.mix([a, b]))


model = TwoTower()
model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
model.fit({"profile": profile[:2400], "history": history[:2400]}, y[:2400], epochs=12, batch_size=32, verbose=2,
          validation_data=({"profile": profile[2400:], "history": history[2400:]}, y[2400:]))
