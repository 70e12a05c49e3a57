import os
import tempfile
import numpy as np
import tensorflow as tf
import keras

rng = np.random.default_rng(21)
keras.utils.set_random_seed(21)
root = tempfile.mkdtemp()
SIZE = 24


def cloth(kind):
    yy, xx = np.mgrid[:SIZE, :SIZE]
    phase, freq = rng.uniform(0, 6.28), rng.uniform(0.7, 1.2)
    tilt = rng.normal(0.55 if kind == "twill" else -0.55, 0.55)
    wave = np.sin(freq * (xx * np.cos(tilt) + yy * np.sin(tilt)) + phase)
    img = 120 + rng.normal(0, 15) + 26 * wave + rng.normal(0, 30, (SIZE, SIZE))
    return np.clip(img, 0, 255).astype("uint8")[..., None]


for kind in ("satin", "twill"):
    os.makedirs(os.path.join(root, kind))
    for i in range(350):
        tf.io.write_file(os.path.join(root, kind, f"{i:04d}.png"), tf.io.encode_png(cloth(kind)))

common = dict(labels="inferred", label_mode="binary", color_mode="grayscale", image_size=(SIZE, SIZE), batch_size=32, validation_split=0.25)
train_ds = keras.utils.image_dataset_from_directory(root, subset="training", seed=1, **common)
val_ds = keras.utils.image_dataset_from_directory(root, subset="validation", seed=2, **common)

model = keras.Sequential([
    keras.Input((SIZE, SIZE, 1)),
    keras.layers.Rescaling(1 / 127.5, offset=-1),
    keras.layers.Conv2D(16, 5, activation="relu"),
    keras.layers.MaxPooling2D(),
    keras.layers.Conv2D(24, 3, activation="relu"),
    keras.layers.Flatten(),
    keras.layers.Dense(48, activation="relu"),
    keras.layers.Dense(1, activation="sigmoid"),
])
model.compile(optimizer=keras.optimizers.Adam(1e-3), loss="binary_crossentropy", metrics=["accuracy"])
model.fit(train_ds.cache().shuffle(30), validation_data=val_ds.cache(), epochs=30, verbose=2,
          callbacks=[keras.callbacks.EarlyStopping(patience=5, restore_best_weights=True)])
print("validation:", model.evaluate(val_ds, verbose=0, return_dict=True))
