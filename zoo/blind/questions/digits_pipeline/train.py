import tensorflow as tf
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

tf.keras.utils.set_random_seed(2)
X, y = load_digits(return_X_y=True)
X = (X * 255 / 16).astype("uint8").reshape(-1, 8, 8, 1)
x_train, x_val, y_train, y_val = train_test_split(X, y, test_size=0.25, random_state=2)
AUTOTUNE = tf.data.AUTOTUNE


def to_float(image, label):
    return 1.0 - tf.cast(image, tf.float32) / 255.0, label      # dark digit on white paper


def jitter(image, label):
    return tf.clip_by_value(image + tf.random.normal(tf.shape(image), stddev=0.05), 0, 1), label


train_ds = tf.data.Dataset.from_tensor_slices((x_train, y_train))
train_ds = train_ds.map(to_float).cache().shuffle(2000).map(jitter).batch(32).prefetch(AUTOTUNE)
val_ds = tf.data.Dataset.from_tensor_slices((x_val, y_val))
val_ds = val_ds.batch(64).prefetch(AUTOTUNE)

model = tf.keras.Sequential([
    tf.keras.layers.Input((8, 8, 1)),
    tf.keras.layers.Conv2D(24, 3, padding="same", activation="relu"),
    tf.keras.layers.BatchNormalization(),
    tf.keras.layers.MaxPooling2D(),
    tf.keras.layers.Conv2D(32, 3, padding="same", activation="relu"),
    tf.keras.layers.BatchNormalization(),
    tf.keras.layers.Flatten(),
    tf.keras.layers.Dropout(0.3),
    tf.keras.layers.Dense(10),
])
model.compile("adam", tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True), metrics=["accuracy"])
model.fit(train_ds, validation_data=val_ds, epochs=10, verbose=2)
