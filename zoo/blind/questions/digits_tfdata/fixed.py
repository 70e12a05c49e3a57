import tensorflow as tf
from sklearn.datasets import load_digits

tf.keras.utils.set_random_seed(72)
X, y = load_digits(return_X_y=True)
ds = tf.data.Dataset.from_tensor_slices((X / 16.0, y)).shuffle(2000, seed=72, reshuffle_each_iteration=False)
val = ds.take(360).batch(32)
train = ds.skip(360).batch(32)
model = tf.keras.Sequential([
    tf.keras.layers.Input((64,)),
    tf.keras.layers.Dense(64, activation="gelu"),
    tf.keras.layers.Dense(10, activation="softmax"),
])
model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
history = model.fit(train, validation_data=val, epochs=10, verbose=2)
print("best", max(history.history["val_accuracy"]))
