import numpy as np
import tensorflow as tf
from sklearn.metrics import recall_score

tf.keras.utils.set_random_seed(16)
rng = np.random.default_rng(16)


def make(n):
    y = rng.choice(3, n, p=[0.97, 0.016, 0.014])
    x = rng.normal(0, 1, (n, 10))
    x[y == 1, 0] += 1.7
    x[y == 1, 1] += 1.6
    x[y == 2, 2] += 1.7
    x[y == 2, 3] -= 1.6
    return x.astype("float32"), y.astype("int64")


x, y = make(6000)
x_test, y_test = make(4000)
weight = np.ones(3, "float32")
model = tf.keras.Sequential([tf.keras.Input((10,)), tf.keras.layers.Dense(16, activation="relu"), tf.keras.layers.Dense(3)])
optimizer = tf.keras.optimizers.Adam(2e-3)


@tf.function
def step(a, b):
    with tf.GradientTape() as tape:
        ce = tf.nn.sparse_softmax_cross_entropy_with_logits(b, model(a, training=True))
        loss = tf.reduce_mean(ce * tf.gather(weight, b))
    optimizer.apply_gradients(zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables))
    return loss


data = tf.data.Dataset.from_tensor_slices((x, y)).shuffle(6000, seed=3).batch(64)
for epoch in range(25):
    mean = np.mean([step(a, b) for a, b in data])
    guess = model(x_test).numpy().argmax(-1)
    print(epoch, f"loss {mean:.3f} accuracy {(guess == y_test).mean():.3f}", "recall", recall_score(y_test, guess, average=None).round(2))
