import numpy as np
import tensorflow as tf
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

tf.keras.utils.set_random_seed(47)
d = load_digits()
x_tr, x_te, y_tr, y_te = train_test_split((d.data / 16).astype("float32"), d.target.astype("int64"), test_size=400, random_state=7)

model = tf.keras.Sequential([
    tf.keras.Input((64,)),
    tf.keras.layers.Dense(96, activation="relu"),
    tf.keras.layers.Dropout(0.7),
    tf.keras.layers.Dense(48, activation="relu"),
    tf.keras.layers.Dropout(0.5),
    tf.keras.layers.Dense(10),
])
optimizer = tf.keras.optimizers.Adam(2e-3)
ce = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)
test_loss = tf.keras.metrics.Mean()
test_acc = tf.keras.metrics.SparseCategoricalAccuracy()


@tf.function
def train_step(a, b):
    with tf.GradientTape() as tape:
        loss = ce(b, model(a, training=True))
    optimizer.apply_gradients(zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables))
    return loss


@tf.function
def test_step(a, b):
    logits = model(a, training=True)
    test_loss.update_state(ce(b, logits))
    test_acc.update_state(b, logits)


train = tf.data.Dataset.from_tensor_slices((x_tr, y_tr)).shuffle(2000, seed=4).batch(32)
test = tf.data.Dataset.from_tensor_slices((x_te, y_te)).batch(64)
for epoch in range(25):
    losses = [float(train_step(a, b)) for a, b in train]
    test_loss.reset_state()
    test_acc.reset_state()
    for a, b in test:
        test_step(a, b)
    print(f"{epoch:2d} loss {np.mean(losses):.3f} test loss {float(test_loss.result()):.3f} test accuracy {float(test_acc.result()):.3f}")
