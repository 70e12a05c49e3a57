import numpy as np
import tensorflow as tf
from sklearn.datasets import make_friedman1
from sklearn.model_selection import train_test_split

tf.random.set_seed(0)
np.random.seed(0)

X, y = make_friedman1(n_samples=2400, n_features=8, noise=1.0, random_state=0)
X_train, X_test, y_train, y_test = train_test_split(X.astype("float32"), y.astype("float32"), random_state=0)
y_mean, y_std = y_train.mean(), y_train.std()
y_train = (y_train - y_mean) / y_std
y_test = (y_test - y_mean) / y_std
X_train, X_test = X_train * 2 - 1, X_test * 2 - 1

train_ds = tf.data.Dataset.from_tensor_slices((X_train, y_train)).shuffle(1800).batch(32)

model = tf.keras.Sequential([
    tf.keras.layers.Input((8,)),
    tf.keras.layers.Dense(64, activation="relu"),
    tf.keras.layers.Dense(64, activation="relu"),
    tf.keras.layers.Dense(1),
])
optimizer = tf.keras.optimizers.Adam(1e-3)


def loss_fn(target, output):
    return tf.reduce_mean(tf.square(target - output))


@tf.function
def train_step(xb, yb):
    with tf.GradientTape() as tape:
        output = model(xb, training=True)
        loss = loss_fn(yb, output)
    grads = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(grads, model.trainable_variables))
    return loss


for epoch in range(1, 31):
    total = 0.0
    for xb, yb in train_ds:
        total += float(train_step(xb, yb))
    if epoch % 5 == 0:
        print(f"epoch {epoch:3d}  train loss {total / len(train_ds):.4f}")

pred = model.predict(X_test, verbose=0).flatten()
print("test mse", np.mean((pred - y_test) ** 2), "r2", 1 - np.mean((pred - y_test) ** 2) / np.var(y_test))
