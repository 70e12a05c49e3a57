# feeding recordings one gesture after the other with train_on_batch
import numpy as np
import keras

keras.utils.set_random_seed(17)
rng = np.random.default_rng(17)
T, CH = 30, 3
proto = {g: rng.normal(0, 1, (T, CH)).cumsum(0) / 7 for g in range(5)}


def record(g, n):
    gain = rng.uniform(0.7, 1.3, (n, 1, 1))
    return (proto[g] * gain + rng.normal(0, 1.5, (n, T, CH))).astype("float32")


train_x = np.concatenate([record(g, 300) for g in range(5)])
train_y = np.repeat(np.arange(5), 300)
test_x = np.concatenate([record(g, 60) for g in range(5)])
test_y = np.repeat(np.arange(5), 60)

model = keras.Sequential([
    keras.layers.Input((T, CH)),
    keras.layers.Conv1D(16, 5, activation="relu"),
    keras.layers.MaxPooling1D(2),
    keras.layers.Flatten(),
    keras.layers.Dense(32, activation="relu"),
    keras.layers.Dense(5, activation="softmax"),
])
model.compile(optimizer=keras.optimizers.Adam(0.006), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
batch = 30
for epoch in range(8):
    order = rng.permutation(len(train_x))
    losses = []
    for start in range(0, len(train_x), batch):
        idx = order[start:start + batch]
        losses.append(model.train_on_batch(train_x[idx], train_y[idx])[0])
    loss, acc = model.evaluate(test_x, test_y, verbose=0)
    print(f"epoch {epoch} train loss {np.mean(losses[-40:]):.3f} test loss {loss:.3f} test acc {acc:.3f}")
