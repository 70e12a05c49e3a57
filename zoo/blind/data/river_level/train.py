import numpy as np
import tensorflow as tf

tf.keras.utils.set_random_seed(33)
rng = np.random.default_rng(33)
rain = rng.gamma(1.2, 2.0, 2200)
level = np.convolve(rain, np.exp(-np.arange(20) / 5), mode="full")[:2200] + rng.normal(0, 0.3, 2200)
level = (level - level.mean()) / level.std()
rain = (rain - rain.mean()) / rain.std()
X = np.stack([np.r_[rain[i - 11:i + 1], level[i - 3:i]] for i in range(20, 2200)]).astype("float32")
Y = level[20:2200].astype("float32")

net = tf.keras.Sequential([tf.keras.Input((15,)), tf.keras.layers.Dense(32, activation="relu"), tf.keras.layers.Dense(1)])
adam = tf.keras.optimizers.Adam(1e-3)
train = tf.data.Dataset.from_tensor_slices((X[:1800], Y[:1800])).shuffle(1800, seed=0).batch(32)


@tf.function
def update(a, b):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.abs(net(a, training=True) - b))
    adam.apply_gradients(zip(tape.gradient(loss, net.trainable_variables), net.trainable_variables))
    return loss


for epoch in range(20):
    print(epoch, np.mean([update(a, b).numpy() for a, b in train]).round(4))
p = net(X[1800:]).numpy()[:, 0]
print("correlation", np.corrcoef(p, Y[1800:])[0, 1], "R2", 1 - np.mean((p - Y[1800:]) ** 2) / Y[1800:].var(), "spread", p.std())
