import numpy as np
import tensorflow as tf
from sklearn.datasets import load_digits

tf.keras.utils.set_random_seed(24)
x, y = load_digits(return_X_y=True)
x = (x.astype("float32") / 16.0)
BATCH, EPOCHS = 32, 10
ds = tf.data.Dataset.from_tensor_slices((x[:1500], y[:1500])).shuffle(1500).repeat().batch(BATCH)
val = tf.data.Dataset.from_tensor_slices((x[1500:], y[1500:])).batch(BATCH)

model = tf.keras.Sequential([
    tf.keras.layers.Input((64,)),
    tf.keras.layers.Dense(64, activation="relu"),
    tf.keras.layers.Dropout(0.2),
    tf.keras.layers.Dense(10, activation="softmax"),
])
model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(ds, epochs=EPOCHS, steps_per_epoch=1500 // BATCH, validation_data=val, verbose=2)
