import numpy as np
import tensorflow as tf
from sklearn.datasets import load_digits

tf.keras.utils.set_random_seed(0)
digits = load_digits()
order = np.random.permutation(len(digits.data))
x = (digits.data[order] / 16.0).astype("float32")
y = tf.one_hot(digits.target[order], 10).numpy()

init = "glorot_uniform"
model = tf.keras.Sequential([
    tf.keras.layers.Input((64,)),
    tf.keras.layers.Dense(100, activation="relu", kernel_initializer=init),
    tf.keras.layers.Dense(50, activation="relu", kernel_initializer=init),
    tf.keras.layers.Dense(10, activation="softmax", kernel_initializer=init),
])
opt = tf.keras.optimizers.Adam(0.001)
lossfn = tf.keras.losses.CategoricalCrossentropy()

ds = tf.data.Dataset.from_tensor_slices((x[:1400], y[:1400])).shuffle(1400).batch(32)


@tf.function
def step(xb, yb):
    with tf.GradientTape() as tape:
        value = lossfn(yb, model(xb, training=True))
    grads = tape.gradient(value, model.trainable_variables)
    opt.apply_gradients(zip(grads, model.trainable_variables))
    return value


for epoch in range(25):
    losses = [float(step(xb, yb)) for xb, yb in ds]
    acc = np.mean(model(x[1400:]).numpy().argmax(1) == y[1400:].argmax(1))
    print("epoch %d loss %.4f test acc %.3f" % (epoch, np.mean(losses), acc))
