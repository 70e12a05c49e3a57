import numpy as np
import tensorflow as tf
import keras
from keras import layers
from sklearn.datasets import load_digits

tf.random.set_seed(0)
np.random.seed(0)

raw = load_digits()
images, target = raw.images / 16.0, raw.target

# one folder per digit
by_digit = [np.random.permutation(images[target == d]) for d in range(10)]
train_x = np.concatenate([g[:-35] for g in by_digit]).astype("float32")
train_y = np.concatenate([np.full(len(g) - 35, d) for d, g in enumerate(by_digit)])
test_x = np.concatenate([g[-35:] for g in by_digit]).astype("float32")
test_y = np.repeat(np.arange(10), 35)

model = keras.Sequential([
    layers.Input((8, 8)),
    layers.Flatten(),
    layers.Dense(64, activation="relu"),
    layers.Dense(10),
])
loss_fn = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
opt = keras.optimizers.SGD(0.1)
BATCH = 32


@tf.function
def step(xb, yb):
    with tf.GradientTape() as tape:
        loss = loss_fn(yb, model(xb, training=True))
    opt.apply_gradients(zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables))
    return loss


for epoch in range(15):
    order = np.random.permutation(len(train_x))
    losses = []
    for i in range(0, len(order), BATCH):
        sel = order[i:i + BATCH]
        losses.append(float(step(tf.constant(train_x[sel]), tf.constant(train_y[sel]))))
    acc = np.mean(model(test_x).numpy().argmax(1) == test_y)
    print(f"epoch {epoch + 1}: loss {np.mean(losses):.4f}  test accuracy {acc:.4f}")
