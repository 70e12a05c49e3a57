import random

import numpy as np
import tensorflow as tf
from tensorflow.keras import layers

random.seed(6)
warm = ["sun", "beach", "summer", "heat", "sand"]
cold = ["snow", "ice", "winter", "frost", "sled"]
other = ["day", "walk", "house", "friend", "later", "maybe", "long", "blue"]


def make(n):
    kinds = [random.randint(0, 1) for _ in range(n)]
    return [" ".join(random.sample(other, 5) + random.sample((cold, warm)[k], 2)) for k in kinds], np.array(kinds)


train_text, y_train = make(1200)
test_text, y_test = make(300)
vec_train = layers.TextVectorization(output_sequence_length=8)
vec_train.adapt(train_text)
vec_test = layers.TextVectorization(output_sequence_length=8)
vec_test.adapt(test_text[::-1][:40])
x_train, x_test = vec_train(tf.constant(train_text)), vec_test(tf.constant(test_text))
model = tf.keras.Sequential([layers.Input((8,), dtype="int64"), layers.Embedding(30, 8), layers.GlobalAveragePooling1D(), layers.Dense(1, activation="sigmoid")])
model.compile(tf.keras.optimizers.Adam(0.01), "binary_crossentropy", metrics=["accuracy"])
model.fit(x_train, y_train, epochs=10, validation_data=(x_test, y_test), verbose=2)
