import numpy as np
import tensorflow as tf
from sklearn.metrics import precision_score, recall_score

tf.keras.utils.set_random_seed(43)
rng = np.random.default_rng(43)


def seams(n):
    y = (rng.random(n) < 0.3).astype("int64")
    x = rng.normal(0, 1, (n, 16, 1))
    x[y == 1, 5:11, 0] += 1.8
    return x.astype("float32"), y


x, y = seams(2000)
xv, yv = seams(600)
order = np.argsort(yv, kind="stable")
xv, yv = xv[order], yv[order]
train = tf.data.Dataset.from_tensor_slices((x, y)).shuffle(2000, seed=2).batch(32)
val = tf.data.Dataset.from_tensor_slices((xv, yv)).batch(32)

model = tf.keras.Sequential([
    tf.keras.Input((16, 1)),
    tf.keras.layers.Conv1D(16, 3, activation="relu"),
    tf.keras.layers.Flatten(),
    tf.keras.layers.Dense(2, activation="softmax"),
])
model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
for epoch in range(8):
    model.fit(train, validation_data=val, verbose=2)
    precision, recall = [], []
    for a, b in val:
        g = model(a).numpy().argmax(-1)
        precision.append(precision_score(b, g, zero_division=0))
        recall.append(recall_score(b, g, zero_division=0))
    print(f"epoch {epoch} val precision {np.mean(precision):.3f} val recall {np.mean(recall):.3f}")
