import os
import tempfile

import numpy as np
import tensorflow as tf

rng = np.random.default_rng(24)
centres = rng.normal(0, 1.5, (4, 6))


def write(path, n):
    with tf.io.TFRecordWriter(path) as writer:
        for _ in range(n):
            k = int(rng.integers(4))
            v = centres[k] + rng.normal(size=6)
            writer.write(tf.train.Example(features=tf.train.Features(feature={
                "v": tf.train.Feature(float_list=tf.train.FloatList(value=v)),
                "k": tf.train.Feature(int64_list=tf.train.Int64List(value=[k])),
            })).SerializeToString())


def parse(records):
    f = tf.io.parse_example(records, {"v": tf.io.FixedLenFeature([6], tf.float32), "k": tf.io.FixedLenFeature([], tf.int64)})
    return f["v"], f["k"]


home = tempfile.mkdtemp()
write(os.path.join(home, "train.tfrecord"), 2400)
write(os.path.join(home, "test.tfrecord"), 600)
train = tf.data.TFRecordDataset(os.path.join(home, "train.tfrecord")).shuffle(2400).batch(64).map(parse).prefetch(1)
test = tf.data.TFRecordDataset(os.path.join(home, "test.tfrecord")).batch(64).map(parse)
model = tf.keras.Sequential([tf.keras.layers.Input((6,)), tf.keras.layers.Dense(32, activation="relu"), tf.keras.layers.Dense(4, activation="softmax")])
model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(train, epochs=12, validation_data=test, verbose=2)
