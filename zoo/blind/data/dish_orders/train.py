import keras
import numpy as np
import pandas as pd

keras.utils.set_random_seed(5)
rng = np.random.default_rng(5)
DISHES = ["pasta", "soup", "curry", "salad", "pizza"]
centres = rng.normal(0, 1.8, (5, 8))


def week(n, weights):
    k = rng.choice(5, n, p=weights)
    f = pd.DataFrame(centres[k] + rng.normal(0, 1, (n, 8)), columns=[f"f{i}" for i in range(8)])
    f["dish"] = np.array(DISHES)[k]
    return f


def to_arrays(frame):
    codes, names = pd.factorize(frame["dish"])
    x = frame.drop(columns="dish").to_numpy("float32")
    return x, codes


past = week(1500, [0.2] * 5)
present = week(500, [0.3, 0.1, 0.2, 0.2, 0.2])
x, y = to_arrays(past)
xv, yv = to_arrays(present)

model = keras.Sequential([keras.layers.Dense(32, activation="tanh"), keras.layers.Dense(5, activation="softmax")])
model.compile(optimizer=keras.optimizers.Nadam(0.003), loss="sparse_categorical_crossentropy", metrics=["sparse_categorical_accuracy"])
rounds = 15
for r in range(rounds):
    order = np.random.permutation(len(x))
    model.reset_metrics()
    for i in range(0, len(x), 50):
        logs = model.train_on_batch(x[order[i:i + 50]], y[order[i:i + 50]], return_dict=True)
    print(r, logs, model.evaluate(xv, yv, verbose=0, return_dict=True))
