import pathlib
import tempfile

import keras
import numpy as np

keras.utils.set_random_seed(8)
rng = np.random.default_rng(8)
LEVELS = ["low", "mid", "high"]
root = pathlib.Path(tempfile.mkdtemp())
for part, n in (("train", 150), ("val", 50)):
    for k, name in enumerate(LEVELS):
        folder = root / part / name
        folder.mkdir(parents=True)
        for i in range(n):
            a = rng.normal(100, 30, (16, 16, 1))
            top = 12 - 4 * k + rng.integers(-1, 2)
            a[max(top, 0):, 5:11] += 90
            keras.utils.save_img(folder / f"{i:03d}.png", np.clip(a, 0, 255), scale=False)

common = dict(color_mode="grayscale", image_size=(16, 16), batch_size=32, seed=1, verbose=False)
train = keras.utils.image_dataset_from_directory(root / "train", class_names=LEVELS, **common)
val = keras.utils.image_dataset_from_directory(root / "val", class_names=LEVELS, shuffle=False, **common)

net = keras.Sequential([
    keras.Input((16, 16, 1)),
    keras.layers.Rescaling(1 / 127.5, offset=-1),
    keras.layers.Conv2D(8, 3, activation="relu"),
    keras.layers.MaxPooling2D(2),
    keras.layers.Flatten(),
    keras.layers.Dense(16, activation="relu"),
    keras.layers.Dense(3, activation="softmax"),
])
net.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
net.fit(train, validation_data=val, epochs=12, verbose=2)
