import numpy as np
import pandas as pd
import tensorflow as tf
from sklearn.model_selection import GroupShuffleSplit
from sklearn.preprocessing import LabelEncoder, QuantileTransformer

tf.keras.utils.set_random_seed(90)
rng = np.random.default_rng(90)
blocks = []
for device in range(150):
    kind = rng.choice(["office", "lab", "store"])
    busy = {"office": 9.0, "lab": 12.0, "store": 15.0}[kind] + rng.normal(0, 0.8)
    n = 25
    blocks.append(pd.DataFrame({
        "device": device, "kind": kind,
        "peak_hour": rng.normal(busy, 1.3, n),
        "entries": rng.gamma(3, {"office": 30, "lab": 18, "store": 45}[kind], n),
        "weekend": rng.beta(2, {"office": 20, "lab": 12, "store": 5}[kind], n),
        "noise": rng.normal(0, 1, n)}))
log = pd.concat(blocks)                                 # one device after the other
le = LabelEncoder()
log["y"] = le.fit_transform(log["kind"])
cols = ["peak_hour", "entries", "weekend", "noise"]
a, b = next(GroupShuffleSplit(1, test_size=0.3, random_state=4).split(log, groups=log["device"]))
qt = QuantileTransformer(output_distribution="normal", n_quantiles=200).fit(log.iloc[a][cols])
train = tf.data.Dataset.from_tensor_slices((qt.transform(log.iloc[a][cols]), log.iloc[a]["y"].values)).shuffle(len(a)).batch(32)
test = tf.data.Dataset.from_tensor_slices((qt.transform(log.iloc[b][cols]), log.iloc[b]["y"].values)).shuffle(len(b)).batch(64)

net = tf.keras.Sequential([tf.keras.layers.Input((4,)), tf.keras.layers.Dense(24, activation="relu"), tf.keras.layers.Dense(3, activation="softmax")])
net.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
net.fit(train, validation_data=test, epochs=20, verbose=2)
true, pred = [], []
for xb, yb in test:                                     # labels and predictions of the same pass
    true.append(yb.numpy())
    pred.append(net.predict_on_batch(xb).argmax(1))
true, pred = np.concatenate(true), np.concatenate(pred)
print(pd.crosstab(le.classes_[true], le.classes_[pred]))
print("accuracy", (true == pred).mean())
