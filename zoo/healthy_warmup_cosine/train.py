import numpy as np
import tensorflow as tf
from sklearn.datasets import load_digits

X, y = load_digits(return_X_y=True)
keep = np.random.permutation(len(X))
X, y = (X[keep] - 8.0) / 8.0, y[keep]
steps_per_epoch = 1400 // 50
schedule = tf.keras.optimizers.schedules.CosineDecay(
    initial_learning_rate=1e-5, decay_steps=18 * steps_per_epoch, warmup_target=4e-3, warmup_steps=2 * steps_per_epoch, alpha=0.01)
model = tf.keras.Sequential()
model.add(tf.keras.layers.Input((64,)))
model.add(tf.keras.layers.Dense(64))
model.add(tf.keras.layers.PReLU())
model.add(tf.keras.layers.Dense(10, activation="softmax"))
model.compile(tf.keras.optimizers.Nadam(schedule), "sparse_categorical_crossentropy", metrics=["accuracy"])
h = model.fit(X[:1400], y[:1400], epochs=20, batch_size=50, validation_data=(X[1400:], y[1400:]), verbose=0)
for e in (0, 1, 2, 5, 10, 19):
    print(e + 1, round(h.history["loss"][e], 4), round(h.history["val_accuracy"][e], 4))
