import numpy as np
import pandas as pd
import tensorflow as tf
from sklearn.metrics import accuracy_score, confusion_matrix

rng = np.random.default_rng(58)
n = 3000
df = pd.DataFrame(rng.normal(size=(n, 5)), columns=list("abcde"))
df["kind"] = np.digitize(df.a - df.b + df.c * df.d, [-1.0, 1.0])
train, test = df.iloc[:2400], df.iloc[2400:]


def to_dataset(frame, shuffle=True, batch=50):
    ds = tf.data.Dataset.from_tensor_slices((frame[list("abcde")].values, frame["kind"].values))
    if shuffle:
        ds = ds.shuffle(len(frame))
    return ds.batch(batch)


model = tf.keras.Sequential([
    tf.keras.layers.Input((5,)),
    tf.keras.layers.Dense(48, activation="relu"),
    tf.keras.layers.Dense(48, activation="relu"),
    tf.keras.layers.Dense(3, activation="softmax"),
])
model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
test_ds = to_dataset(test)
model.fit(to_dataset(train), epochs=15, validation_data=test_ds, verbose=2)
predicted = model.predict(test_ds, verbose=0).argmax(1)
print(confusion_matrix(test["kind"], predicted))
print("accuracy", accuracy_score(test["kind"], predicted))
