import numpy as np
import tensorflow as tf
from sklearn.datasets import load_diabetes
from sklearn.preprocessing import StandardScaler

X, y = load_diabetes(return_X_y=True)
X = StandardScaler().fit_transform(X).astype("float32")
y = ((y - y.mean()) / y.std()).astype("float32")
order = np.random.RandomState(11).permutation(442)
X, y = X[order], y[order]
train = tf.data.Dataset.from_tensor_slices((X[:340], y[:340])).shuffle(340).batch(32)
net = tf.keras.Sequential([tf.keras.layers.Input((10,)), tf.keras.layers.Dense(16, activation="relu"), tf.keras.layers.Dense(1)])
optimizer = tf.keras.optimizers.Adam(0.01)

for epoch in range(20):
    losses = []
    for xb, yb in train:
        with tf.GradientTape() as tape:
            out = tf.squeeze(net(xb, training=True), axis=1)
            loss = tf.reduce_mean(tf.square(yb - out))
        grads = tape.gradient(loss, net.trainable_variables)
        optimizer.apply_gradients(zip(grads, net.trainable_variables))
        losses.append(float(loss))
    if epoch % 5 == 4:
        print("epoch", epoch + 1, "loss", np.mean(losses))
pred = net(X[340:]).numpy().ravel()
print("R2", 1 - np.sum((y[340:] - pred) ** 2) / np.sum((y[340:] - y[340:].mean()) ** 2), "std of predictions", pred.std())
