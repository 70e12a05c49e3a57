import numpy as np
import tensorflow as tf
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

tf.keras.utils.set_random_seed(11)
bunch = load_digits()
pages = (bunch.images * 255 / 16).astype("uint8")[..., None]
x_tr, x_te, y_tr, y_te = train_test_split(pages, bunch.target, test_size=400, random_state=1)


def train_pipeline():
    ds = tf.data.Dataset.from_tensor_slices((x_tr, y_tr)).shuffle(2000, seed=1)
    return ds.map(lambda a, b: (tf.cast(a, tf.float32), b)).batch(32).prefetch(2)


def test_pipeline():
    ds = tf.data.Dataset.from_tensor_slices((x_te, y_te))
    return ds.map(lambda a, b: (tf.cast(a, tf.float32), b)).batch(100)


model = tf.keras.Sequential([
    tf.keras.Input((8, 8, 1)),
    tf.keras.layers.Rescaling(1 / 255.0),
    tf.keras.layers.Conv2D(16, 3, padding="same", activation="relu"),
    tf.keras.layers.MaxPooling2D(),
    tf.keras.layers.Conv2D(32, 3, activation="relu"),
    tf.keras.layers.Flatten(),
    tf.keras.layers.Dense(10, activation="softmax"),
])
model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(train_pipeline(), epochs=10, validation_data=test_pipeline(), verbose=2)
probabilities = model.predict(test_pipeline(), verbose=0)
print("test accuracy", np.mean(probabilities.argmax(-1) == y_te))
