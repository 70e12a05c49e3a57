import numpy as np
import tensorflow as tf
from sklearn.datasets import load_diabetes
from sklearn.model_selection import train_test_split

tf.keras.utils.set_random_seed(15)
x, y = load_diabetes(return_X_y=True)
x = (x / x.std(0)).astype("float32")
y = ((y - y.mean()) / y.std()).astype("float32")
x_train, x_test, y_train, y_test = train_test_split(x, y, test_size=0.25, random_state=15)

model = tf.keras.Sequential([
    tf.keras.layers.Input((10,)),
    tf.keras.layers.Dense(16, activation="relu"),
    tf.keras.layers.Dense(1),
])
optimizer = tf.keras.optimizers.Adam(0.002)
batches = tf.data.Dataset.from_tensor_slices((x_train, y_train)).shuffle(400).batch(16)


def train_step(xb, yb):
    with tf.GradientTape() as tape:
        y_pred = model(xb, training=True)
        loss = tf.reduce_mean(tf.square(yb - y_pred))
    g = tape.gradient(loss, model.trainable_weights)
    optimizer.apply_gradients(zip(g, model.trainable_weights))
    return loss


for epoch in range(20):
    total = 0.0
    for xb, yb in batches:
        total += train_step(xb, yb).numpy()
    print("Epoch", epoch, "loss", total / len(batches))

pred = model(x_test).numpy().ravel()
print("test mse", np.mean((pred - y_test) ** 2), "std of predictions", pred.std(), "corr", np.corrcoef(pred, y_test)[0, 1])
