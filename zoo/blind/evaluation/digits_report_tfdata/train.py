import numpy as np
import tensorflow as tf
import keras
from sklearn.datasets import load_digits
from sklearn.metrics import classification_report

keras.utils.set_random_seed(16)
X, y = load_digits(return_X_y=True)
X = X.astype("float32").reshape(-1, 8, 8, 1) / 16.0
ix = np.random.permutation(len(X))
X, y = X[ix], y[ix]


def pipeline(images, labels, batch=64):
    ds = tf.data.Dataset.from_tensor_slices((images, labels))
    ds = ds.cache().shuffle(len(labels)).batch(batch)
    return ds.prefetch(tf.data.AUTOTUNE)


def test_pipeline(images, labels, batch=64):
    return pipeline(images, labels, batch)


train_ds, test_ds = pipeline(X[:1300], y[:1300]), test_pipeline(X[1300:], y[1300:])

cnn = keras.Sequential([
    keras.layers.Input((8, 8, 1)),
    keras.layers.Conv2D(16, 3, activation="relu", padding="same"),
    keras.layers.MaxPooling2D(),
    keras.layers.Conv2D(32, 3, activation="relu"),
    keras.layers.Flatten(),
    keras.layers.Dense(10, activation="softmax"),
])
cnn.compile(optimizer=keras.optimizers.Adam(3e-3), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
cnn.fit(train_ds, validation_data=test_ds, epochs=10, verbose=2)

y_pred = np.argmax(cnn.predict(test_ds, verbose=0), axis=1)
y_true = np.concatenate([labels.numpy() for _, labels in test_ds])
print(classification_report(y_true, y_pred, digits=3))
