import numpy as np
import tensorflow as tf

rng = np.random.default_rng(12)
angle = 0.15
A = 0.99 * np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
HORIZON = 40
start = rng.normal(size=(600, 2))
paths = [start]
for _ in range(HORIZON):
    paths.append(paths[-1] @ A.T)
paths = np.stack(paths, axis=1).astype("float32")
train, test = paths[:500], paths[500:]

W = tf.Variable(np.array([[1.15, 0.1], [0.1, 1.1]], "float32"))
opt = tf.keras.optimizers.SGD(learning_rate=0.01)


def rollout(first):
    state, out = first, []
    for _ in range(HORIZON):
        state = tf.matmul(state, W, transpose_b=True)
        out.append(state)
    return tf.stack(out, axis=1)


@tf.function
def step(batch):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(rollout(batch[:, 0]) - batch[:, 1:]))
    grads = tape.gradient(loss, [W])
    opt.apply_gradients(zip(grads, [W]))
    return loss


for epoch in range(40):
    losses = [float(step(tf.constant(train[i:i + 50]))) for i in range(0, 500, 50)]
    if epoch % 8 == 7:
        print("epoch", epoch + 1, "loss", np.mean(losses))
error = np.mean((rollout(tf.constant(test[:, 0])).numpy() - test[:, 1:]) ** 2)
print("test error", error, "variance", test.var())
