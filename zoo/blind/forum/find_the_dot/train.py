import keras
import numpy as np
from keras import layers

keras.utils.set_random_seed(59)
rng = np.random.default_rng(59)
S = 28


def picture():
    cx, cy = rng.uniform(8, S - 8, 2)
    yy, xx = np.mgrid[:S, :S]
    im = np.exp(-((xx - cx) ** 2 + (yy - cy) ** 2) / (2 * rng.uniform(1.0, 2.2) ** 2))
    return im * rng.uniform(0.6, 1) + rng.normal(0, 0.12, (S, S)), (cx / S, cy / S)


pics, where = zip(*[picture() for _ in range(1800)])
pics, where = np.array(pics, "float32")[..., None], np.array(where, "float32")

model = keras.Sequential()
model.add(layers.Input((S, S, 1)))
model.add(layers.Conv2D(16, 3, activation="relu"))
model.add(layers.MaxPooling2D(2))
model.add(layers.Conv2D(32, 3, activation="relu"))
model.add(layers.GlobalAveragePooling2D())
model.add(layers.Dense(32, activation="relu"))
model.add(layers.Dense(2))
model.compile(loss="mse", optimizer=keras.optimizers.Adam(0.002))
model.fit(pics[:1500], where[:1500], epochs=18, batch_size=32, validation_data=(pics[1500:], where[1500:]), verbose=2)
miss = np.sqrt(((model.predict(pics[1500:], verbose=0) - where[1500:]) ** 2).sum(1)) * S
print("typical miss in pixels: %.2f (centre guess %.2f)" % (np.median(miss), np.median(np.sqrt(((where[1500:] - 0.5) ** 2).sum(1)) * S)))
