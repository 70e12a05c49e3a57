import os
import tempfile

import numpy as np
import pandas as pd
import tensorflow as tf
from sklearn.datasets import load_wine

folder = tempfile.mkdtemp()
table = load_wine(as_frame=True).frame.sample(frac=1.0, random_state=4).reset_index(drop=True)
table.iloc[:140].to_csv(os.path.join(folder, "train.csv"), index=False)
table.iloc[140:].to_csv(os.path.join(folder, "test.csv"), index=False)

train = pd.read_csv(os.path.join(folder, "train.csv"))
test = pd.read_csv(os.path.join(folder, "test.csv"))
label = train.pop("target")
test_label = test.pop("target")
low, high = train.min(), train.max()
train, test = (train - low) / (high - low), (test - low) / (high - low)


def forever(batch=20):
    while True:
        for chunk in np.array_split(np.random.permutation(len(train)), len(train) // batch):
            yield train.values[chunk], label.values[chunk]


model = tf.keras.Sequential([
    tf.keras.layers.Input((13,)),
    tf.keras.layers.Dense(30, activation="relu"),
    tf.keras.layers.Dense(3, activation="softmax"),
])
model.compile(optimizer=tf.keras.optimizers.Adam(0.01), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(forever(), steps_per_epoch=7, epochs=40, verbose=0)
print("test:", model.evaluate(test.values, test_label.values, verbose=0))
