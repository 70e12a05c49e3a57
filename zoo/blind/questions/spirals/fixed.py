import numpy as np
import tensorflow as tf

tf.keras.utils.set_random_seed(88)
n = 1000
r = np.sqrt(np.random.rand(n)) * 3 * np.pi
arm = np.random.randint(0, 2, n)
X = np.stack([np.cos(r + arm * np.pi) * r, np.sin(r + arm * np.pi) * r], 1) / 6 + np.random.normal(0, 0.03, (n, 2))
hidden = 64
net = tf.keras.Sequential([
    tf.keras.layers.Input((2,)),
    tf.keras.layers.Dense(hidden, activation="relu"),
    tf.keras.layers.Dense(hidden, activation="relu"),
    tf.keras.layers.Dense(1, activation="sigmoid"),
])
net.compile(tf.keras.optimizers.Adam(0.01), "binary_crossentropy", metrics=["accuracy"])
h = net.fit(X[:800], arm[:800], epochs=80, batch_size=32, validation_data=(X[800:], arm[800:]), verbose=2)
