import keras
import tensorflow as tf
from sklearn.datasets import make_blobs

keras.utils.set_random_seed(79)
x, y = make_blobs(1200, centers=4, n_features=6, cluster_std=1.0, center_box=(-6, 6), random_state=79)
x = (x / 6).astype("float32")
train = tf.data.Dataset.from_tensor_slices((x[:900], y[:900])).shuffle(900, seed=1).batch(32)
val = tf.data.Dataset.from_tensor_slices((x[900:], y[900:])).batch(100)
model = keras.Sequential([keras.Input((6,)), keras.layers.Dense(16, activation="relu"), keras.layers.Dense(4)])
model.compile(keras.optimizers.Adam(0.01), keras.losses.SparseCategoricalCrossentropy(from_logits=True), metrics=["accuracy"])
model.fit(train, validation_data=val, epochs=8, verbose=2)
