import numpy as np
import tensorflow as tf
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

tf.keras.utils.set_random_seed(18)
d = load_digits()
x_train, x_test, y_train, y_test = train_test_split(d.data.astype("float32") / 16, d.target, test_size=0.25, random_state=3)
index = np.argsort(y_train, kind="stable")
x_train, y_train = x_train[index], y_train[index]

train = tf.data.Dataset.from_tensor_slices((x_train, y_train)).shuffle(len(x_train), seed=1).batch(16).prefetch(1)
test = tf.data.Dataset.from_tensor_slices((x_test, y_test)).batch(64)

model = tf.keras.Sequential([
    tf.keras.Input((64,)),
    tf.keras.layers.Dense(48, activation="relu"),
    tf.keras.layers.Dense(48, activation="relu"),
    tf.keras.layers.Dense(10),
])
model.compile(optimizer=tf.keras.optimizers.SGD(0.1),
              loss=tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True), metrics=["accuracy"])
model.fit(train, epochs=10, validation_data=test, verbose=2)
