import os
import tempfile
from glob import glob
import numpy as np
import pandas as pd
import tensorflow as tf
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

tf.keras.utils.set_random_seed(0)
out = tempfile.mkdtemp()
bunch = load_digits()
perm = np.random.default_rng(0).permutation(len(bunch.target))
for k, j in enumerate(perm):
    png = tf.io.encode_png((bunch.images[j] * 15).astype("uint8")[..., None])
    tf.io.write_file(os.path.join(out, f"crop_{k}.png"), png)
pd.DataFrame({"file": [f"crop_{k}.png" for k in range(len(perm))], "digit": bunch.target[perm]}).to_csv(os.path.join(out, "annotations.csv"), index=False)

# ------------------------------------------------------------------ read back
annotations = pd.read_csv(os.path.join(out, "annotations.csv"))
files = [os.path.join(out, name) for name in annotations["file"]]
labels = annotations["digit"].to_numpy()
assert len(files) == len(labels)


def load(path, label):
    img = tf.io.decode_png(tf.io.read_file(path), channels=1)
    return tf.cast(img, tf.float32) / 255.0, label


f_tr, f_va, y_tr, y_va = train_test_split(files, labels, test_size=0.2, random_state=7)
train_ds = tf.data.Dataset.from_tensor_slices((f_tr, y_tr)).shuffle(2000).map(load).batch(32).cache()
valid_ds = tf.data.Dataset.from_tensor_slices((f_va, y_va)).map(load).batch(128).cache()

model = tf.keras.models.Sequential()
model.add(tf.keras.layers.Input((8, 8, 1)))
model.add(tf.keras.layers.Conv2D(24, 3, activation="relu"))
model.add(tf.keras.layers.Flatten())
model.add(tf.keras.layers.Dropout(0.2))
model.add(tf.keras.layers.Dense(10, activation="softmax"))
model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(train_ds, validation_data=valid_ds, epochs=15, verbose=2)
