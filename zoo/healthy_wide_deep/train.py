import numpy as np
import pandas as pd
import tensorflow as tf
from tensorflow.keras import layers

rng = np.random.default_rng(77)
n = 3000
df = pd.DataFrame({"job": rng.choice(["clerk", "nurse", "driver", "teacher"], n), "edu": rng.choice(["low", "mid", "high"], n),
                   "age": rng.uniform(18, 65, n), "hours": rng.normal(38, 6, n)})
logit = (df.edu.map({"low": -1.5, "mid": 0, "high": 1.5}) + 0.04 * (df.age - 40) + 0.15 * (df.hours - 38) + ((df.job == "nurse") & (df.edu == "high")) * 1.5)
df["rich"] = (rng.random(n) < 1 / (1 + np.exp(-2 * logit))).astype("float32")
train, test = df[:2400], df[2400:]


def make_ds(frame, shuffle):
    frame = frame.copy()
    target = frame.pop("rich")
    ds = tf.data.Dataset.from_tensor_slices(({k: v.to_numpy(dtype=object if v.dtype.kind not in "fi" else "float32") if v.dtype.kind not in "fi"
                                              else v.to_numpy("float32") for k, v in frame.items()}, target.to_numpy()))
    return (ds.shuffle(len(frame)) if shuffle else ds).batch(64)


inputs = {k: layers.Input((1,), name=k, dtype="string" if k in ("job", "edu") else "float32") for k in ("job", "edu", "age", "hours")}
encoded = []
for k, vocab in (("job", ["clerk", "nurse", "driver", "teacher"]), ("edu", ["low", "mid", "high"])):
    encoded.append(layers.StringLookup(vocabulary=vocab, output_mode="one_hot")(inputs[k]))
for k in ("age", "hours"):
    norm = layers.Normalization(axis=None)
    norm.adapt(train[k].to_numpy("float32"))
    encoded.append(norm(inputs[k]))
wide = layers.concatenate(encoded)
deep = layers.Dense(16, activation="relu")(layers.Dense(32, activation="relu")(wide))
out = layers.Dense(1, activation="sigmoid")(layers.concatenate([wide, deep]))
model = tf.keras.Model(inputs, out)
model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
model.fit(make_ds(train, True), epochs=12, validation_data=make_ds(test, False), verbose=2)
print("ceiling", float(np.maximum(1 / (1 + np.exp(-2 * logit)), 1 - 1 / (1 + np.exp(-2 * logit)))[2400:].mean()))
