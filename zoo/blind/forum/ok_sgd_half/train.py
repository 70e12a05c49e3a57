# plain SGD, big steps, digits
import tensorflow as tf
from sklearn.datasets import load_digits

tf.keras.utils.set_random_seed(30)
X, y = load_digits(return_X_y=True)
X = X / 16.0
ds = tf.data.Dataset.from_tensor_slices((X, y)).shuffle(1797, seed=30, reshuffle_each_iteration=False)
test = ds.take(360).batch(120).cache()
train = ds.skip(360).cache().shuffle(1437, seed=1).batch(32).prefetch(2)

model = tf.keras.Sequential([
    tf.keras.layers.Input((64,)),
    tf.keras.layers.Dense(64, activation="relu"),
    tf.keras.layers.Dense(10),
])
model.compile(tf.keras.optimizers.SGD(0.5), tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True), metrics=["accuracy"])
model.fit(train, validation_data=test, epochs=15, verbose=2)
