import numpy as np
import tensorflow as tf
from sklearn.datasets import make_blobs

X, y = make_blobs(1200, centers=2, cluster_std=1.6, random_state=6)
X = ((X - X.mean(0)) / X.std(0)).astype("float32")
y = y.astype("float32")


class Logistic(tf.Module):
    def __init__(self, n):
        super().__init__()
        self.w = tf.Variable(tf.zeros((n, 1)))
        self.b = tf.Variable(0.0)

    @tf.function
    def __call__(self, x):
        return tf.squeeze(x @ self.w, axis=1) + self.b


clf = Logistic(2)
opt = tf.keras.optimizers.RMSprop(0.02)
for epoch in range(60):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(labels=y[:900], logits=clf(X[:900])))
    grads = tape.gradient(loss, clf.trainable_variables)
    opt.apply_gradients(zip(grads, clf.trainable_variables))
    if epoch % 20 == 19:
        print(epoch + 1, float(loss))
print("accuracy", float(np.mean((clf(X[900:]).numpy() > 0) == (y[900:] > 0.5))))
