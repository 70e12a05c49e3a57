import numpy as np
import tensorflow as tf
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

tf.keras.utils.set_random_seed(12)
x, y = load_digits(return_X_y=True)
x_train, x_test, y_train, y_test = train_test_split((x / 16).astype("float32"), y, test_size=0.2, random_state=12)

encoder = tf.keras.Sequential([
    tf.keras.layers.Input((64,)),
    tf.keras.layers.Dense(48, activation="relu"),
    tf.keras.layers.Dense(24, activation="relu"),
    tf.keras.layers.Dense(8, activation="tanh"),
])
head = tf.keras.Sequential([tf.keras.layers.Input((8,)), tf.keras.layers.Dense(10)])

loss_fn = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)
optimizer = tf.keras.optimizers.Adam(2e-3)
train_ds = tf.data.Dataset.from_tensor_slices((x_train, y_train)).shuffle(1500, seed=12).batch(32)


@tf.function
def train_step(xb, yb):
    with tf.GradientTape() as tape:
        codes = encoder(xb, training=True)
        logits = head(codes, training=True)
        loss = loss_fn(yb, logits)
    variables = head.trainable_variables
    grads = tape.gradient(loss, variables)
    optimizer.apply_gradients(zip(grads, variables))
    return loss


optimizer.build(encoder.trainable_variables + head.trainable_variables)
for epoch in range(40):
    total = 0.0
    for step, (xb, yb) in enumerate(train_ds):
        total += float(train_step(xb, yb))
    test_acc = np.mean(np.argmax(head(encoder(x_test)).numpy(), 1) == y_test)
    print(f"epoch {epoch + 1}: loss {total / (step + 1):.4f}  test acc {test_acc:.4f}")
