import keras
import numpy as np
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

keras.utils.set_random_seed(72)
x, y = load_digits(return_X_y=True)
x = (x - x.mean()) / x.std()
xtr, xte, ytr, yte = train_test_split(x, y, test_size=0.25, random_state=72)
start = keras.initializers.RandomNormal(stddev=0.1)
model = keras.Sequential([keras.Input((64,))] + [
    keras.layers.Dense(100, activation="tanh", kernel_initializer=start) for _ in range(4)
] + [keras.layers.Dense(10, activation="softmax")])
model.compile(keras.optimizers.SGD(0.05), "sparse_categorical_crossentropy", metrics=["accuracy"])

for epoch in range(18):
    order = np.random.permutation(len(xtr))
    losses = []
    for a in range(0, len(order) - 31, 32):
        rows = order[a:a + 32]
        losses.append(model.train_on_batch(xtr[rows], ytr[rows])[0])
    _, acc = model.evaluate(xte, yte, verbose=0)
    print(f"{epoch:3d}  loss {losses[-1]:.3f}  test accuracy {acc:.3f}")
