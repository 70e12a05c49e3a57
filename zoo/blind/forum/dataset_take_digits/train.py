import tensorflow as tf
from sklearn.datasets import load_digits

tf.keras.utils.set_random_seed(77)
data = load_digits()
images, labels = data.images[..., None].astype("float32") / 16, data.target
BATCH = 20
ds = tf.data.Dataset.from_tensor_slices((images, labels)).shuffle(1797, seed=77, reshuffle_each_iteration=False)
test_ds = ds.take(400).batch(100)
train_ds = ds.skip(400).batch(BATCH).take(3).cache()

model = tf.keras.Sequential([
    tf.keras.layers.Input((8, 8, 1)),
    tf.keras.layers.Conv2D(24, 3, activation="relu"),
    tf.keras.layers.Conv2D(48, 3, activation="relu"),
    tf.keras.layers.Flatten(),
    tf.keras.layers.Dense(64, activation="relu"),
    tf.keras.layers.Dense(10),
])
model.compile(optimizer="adam", loss=tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True), metrics=["accuracy"])
model.fit(train_ds, validation_data=test_ds, epochs=15, verbose=2)
print("test:", model.evaluate(test_ds, verbose=0))
