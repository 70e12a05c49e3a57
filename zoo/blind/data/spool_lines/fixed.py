import numpy as np
import tensorflow as tf
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

tf.keras.utils.set_random_seed(92)
x, y = load_digits(return_X_y=True)
x_tr, x_te, y_tr, y_te = train_test_split((x / 16).astype("float32"), y, test_size=0.25, random_state=9)
inp = tf.keras.Input((64,))
h = tf.keras.layers.Dense(64, use_bias=False)(inp)
h = tf.keras.layers.BatchNormalization(momentum=0.9)(h)
h = tf.keras.layers.Activation("relu")(h)
h = tf.keras.layers.Dense(32, use_bias=False)(h)
h = tf.keras.layers.BatchNormalization(momentum=0.9)(h)
h = tf.keras.layers.Activation("relu")(h)
model = tf.keras.Model(inp, tf.keras.layers.Dense(10)(h))
model.compile(tf.keras.optimizers.Adam(1e-3), tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True), metrics=["accuracy"])
model.fit(x_tr, y_tr, epochs=12, batch_size=32, validation_data=(x_te, y_te), verbose=2)

# one table line a digit
total = 0
for digit in range(10):
    part = x_te[y_te == digit]
    logits = model(part, training=False)
    right = int(np.sum(logits.numpy().argmax(-1) == digit))
    total += right
    print(digit, len(part), round(right / len(part), 3))
print("all", total / len(x_te))
