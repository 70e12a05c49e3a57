import keras
import numpy as np
import tensorflow as tf
from sklearn.datasets import load_iris
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler

keras.utils.set_random_seed(39)
x, y = load_iris(return_X_y=True)
x_train, x_test, y_train, y_test = train_test_split(x, np.eye(3)[y], test_size=0.3, random_state=39)
scaler = StandardScaler().fit(x_train)
x_train, x_test = scaler.transform(x_train).astype("float32"), scaler.transform(x_test).astype("float32")


def hit_rate(y_true, y_pred):
    same = tf.equal(tf.argmax(y_true, -1), tf.argmax(y_pred, -1))
    return tf.reduce_mean(tf.cast(same, tf.float32))


model = keras.Sequential([keras.layers.Dense(16, activation="relu"), keras.layers.Dense(3, activation="softmax")])
model.compile(keras.optimizers.Adam(0.01), "categorical_crossentropy", metrics=[hit_rate])
model.fit(x_train, y_train, epochs=40, batch_size=15, validation_data=(x_test, y_test), verbose=2)
print(model.evaluate(x_test, y_test, batch_size=45, verbose=0))
