import keras
import numpy as np
from keras import layers, regularizers

keras.utils.set_random_seed(40)
g = np.random.default_rng(40)
n = 2200
light, water, nitro, ph, temp = g.uniform(0, 1, (5, n))
height = 2 * light * water + 0.8 * np.sqrt(nitro) - 3 * (ph - 0.5) ** 2 + 0.5 * np.sin(4 * temp) + g.normal(0, 0.07, n)
height = (height - height.mean()) / height.std()
sick = (3.5 * (water - 0.6) + 3 * (temp - 0.5) - 2.5 * np.abs(ph - 0.5) + 0.6 + g.logistic(0, 0.25, n) > 0).astype("float32")
X = 2 * np.column_stack([light, water, nitro, ph, temp]) - 1

reg = regularizers.l2(1e-5)
inp = keras.Input((5,))
h = layers.Dense(64, activation="relu", kernel_regularizer=reg)(inp)
h = layers.Dense(64, activation="relu", kernel_regularizer=reg)(h)
out_h = layers.Dense(1, name="height", kernel_regularizer=reg)(h)
out_s = layers.Dense(1, activation="sigmoid", name="sick", kernel_regularizer=reg)(h)
model = keras.Model(inp, {"height": out_h, "sick": out_s})
model.compile(optimizer="adam", loss={"height": "mse", "sick": "binary_crossentropy"}, metrics={"sick": "accuracy"})
model.fit(X[:1800], {"height": height[:1800], "sick": sick[:1800]}, epochs=40, batch_size=32, verbose=2,
          validation_data=(X[1800:], {"height": height[1800:], "sick": sick[1800:]}))
p = model.predict(X[1800:], verbose=0)
print("height R2 %.3f" % (1 - np.mean((p["height"][:, 0] - height[1800:]) ** 2) / height[1800:].var()))
print("sick accuracy %.3f (base rate %.3f)" % (np.mean((p["sick"][:, 0] > 0.5) == sick[1800:]), max(sick.mean(), 1 - sick.mean())))
