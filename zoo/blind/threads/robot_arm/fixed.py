import numpy as np
import tensorflow as tf
import keras

keras.utils.set_random_seed(18)
rng = np.random.default_rng(18)
# two joint angles, speeds and lengths -> position of the gripper
n = 6000
q1, q2 = rng.uniform(-np.pi, np.pi, n), rng.uniform(-2.4, 2.4, n)
l1, l2 = rng.uniform(.8, 1.2, n), rng.uniform(.5, .8, n)
xy = np.stack([l1 * np.cos(q1) + l2 * np.cos(q1 + q2), l1 * np.sin(q1) + l2 * np.sin(q1 + q2)], 1) + rng.normal(0, .02, (n, 2))
X = np.stack([q1 / np.pi, q2 / 2.4, (l1 - 1) / .12, (l2 - .65) / .09], 1).astype("float32")
Y = xy.astype("float32")


class Arm(keras.Model):
    def __init__(self, width=96):
        super().__init__()
        self.hidden = [keras.layers.Dense(width, activation="relu") for _ in range(3)]
        self.out = keras.layers.Dense(2)

    def call(self, x):
        for layer in self.hidden:
            x = layer(x)
        return self.out(x)


arm = Arm()
opt = keras.optimizers.Adam(1e-3)
ds = tf.data.Dataset.from_tensor_slices((X[:5000], Y[:5000])).shuffle(5000, seed=2).batch(64)


@tf.function
def train(x, y):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(arm(x, training=True) - y))
    variables = arm.trainable_variables
    opt.apply_gradients(zip(tape.gradient(loss, variables), variables))
    return loss


for ep in range(1, 31):
    l = np.mean([train(a, b).numpy() for a, b in ds])
    if ep % 3 == 0:
        e = arm(X[5000:]).numpy() - Y[5000:]
        print(f"{ep:3d} train mse {l:.4f} test mse {np.mean(e ** 2):.4f} R2 {1 - np.mean(e ** 2) / Y[5000:].var():.3f}")
