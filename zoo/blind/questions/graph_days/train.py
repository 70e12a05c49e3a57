# simple neural network, ported step by step
import numpy as np
import tensorflow as tf
from sklearn.datasets import load_iris

tf.random.set_seed(93)
np.random.seed(93)
X, y = load_iris(return_X_y=True)
X = ((X - X.mean(0)) / X.std(0)).astype(np.float32)
W = tf.Variable(tf.random.normal([4, 3], stddev=0.1))
b = tf.Variable(tf.zeros([3]))
optimizer = tf.train.GradientDescentOptimizer(0.1)
labels = tf.one_hot(y, 3)
for i in range(200):
    with tf.GradientTape() as tape:
        logits = tf.matmul(X, W) + b
        loss = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(labels, logits))
    dW, db = tape.gradient(loss, [W, b])
    optimizer.apply_gradients([(dW, W), (db, b)])
    if i % 40 == 0:
        print(i, loss.numpy())
print("accuracy", np.mean(tf.argmax(tf.matmul(X, W) + b, 1).numpy() == y))
