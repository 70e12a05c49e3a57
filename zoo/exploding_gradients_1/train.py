import numpy as np
import tensorflow as tf

tf.keras.utils.set_random_seed(44)
rng = np.random.default_rng(44)
T = 50
flow = rng.normal(0, 1, (1200, T, 2)).astype("float32")
total = flow[:, :, 0].sum(axis=1)
y = total / total.std()

model = tf.keras.Sequential([
    tf.keras.layers.Input((T, 2)),
    tf.keras.layers.SimpleRNN(24, activation="relu", recurrent_initializer=tf.keras.initializers.Identity()),
    tf.keras.layers.Dense(1),
])
model.compile(optimizer=tf.keras.optimizers.SGD(learning_rate=0.02), loss="mse")
model.fit(flow[:1000], y[:1000], epochs=8, batch_size=20, validation_data=(flow[1000:], y[1000:]), verbose=2)
