import numpy as np
import tensorflow as tf
from sklearn.datasets import load_digits
from sklearn.metrics import confusion_matrix

tf.keras.utils.set_random_seed(50)
x, y = load_digits(return_X_y=True)
x = (x / 16.0).astype("float32").reshape(-1, 8, 8, 1)
mix = np.random.permutation(len(x))
x, y = x[mix], y[mix]


def dataset(images, labels):
    ds = tf.data.Dataset.from_tensor_slices((images, labels))
    ds = ds.shuffle(1000)
    return ds.batch(32)


train_ds = dataset(x[:1400], y[:1400])
test_ds = dataset(x[1400:], y[1400:])

model = tf.keras.Sequential([
    tf.keras.layers.Input((8, 8, 1)),
    tf.keras.layers.Conv2D(16, 3, activation="relu"),
    tf.keras.layers.Conv2D(32, 3, activation="relu"),
    tf.keras.layers.Flatten(),
    tf.keras.layers.Dense(10, activation="softmax"),
])
model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(train_ds, validation_data=test_ds, epochs=10, verbose=2)

y_pred = np.argmax(model.predict(test_ds, verbose=0), axis=1)
y_true = np.concatenate([labels.numpy() for _, labels in test_ds])
print(confusion_matrix(y_true, y_pred))
print("accuracy from the confusion matrix:", np.mean(y_true == y_pred))
