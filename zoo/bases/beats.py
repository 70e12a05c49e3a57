import numpy as np
import tensorflow as tf
from sklearn.model_selection import train_test_split
from tensorflow.keras import layers

SEED = 8  # 0..40
ROWS = 1200  # 1500
FILTERS = 16  # 12 24
RATE = 0.003  # 0.002 0.005
BATCH = 32  # 64
EPOCHS = 10  # 12

tf.keras.utils.set_random_seed(SEED)
rng = np.random.default_rng(SEED)
y = rng.integers(0, 3, ROWS)
t = np.linspace(0, 1, 64)
phase = rng.uniform(0, 6.28, (ROWS, 1))
speed = np.array([4.0, 7.0, 11.0])[y][:, None] + rng.normal(0, 0.6, (ROWS, 1))
x = np.sin(6.28 * speed * t + phase) + rng.normal(0, 0.7, (ROWS, 64))
x = 1200.0 + 350.0 * x[..., None]
"loaded"
x_train, x_test, y_train, y_test = train_test_split(x, y, test_size=0.25, random_state=SEED)
"split"
mean, std = x_train.mean(), x_train.std()
x_train = (x_train - mean) / std
x_test = (x_test - mean) / std
"ready"
train = tf.data.Dataset.from_tensor_slices((x_train, y_train)).shuffle(2000, seed=SEED).batch(BATCH).prefetch(2)
test = tf.data.Dataset.from_tensor_slices((x_test, y_test)).batch(BATCH)
model = tf.keras.Sequential([
    layers.Input((64, 1)),
    layers.Conv1D(FILTERS, 7, activation="relu"),
    layers.MaxPooling1D(2),
    layers.Conv1D(FILTERS, 5, activation="relu"),
    layers.GlobalAveragePooling1D(),
    layers.Dense(3),
])
model.compile(optimizer=tf.keras.optimizers.Adam(learning_rate=RATE),
              loss=tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True), metrics=["accuracy"])
model.fit(train, validation_data=test, epochs=EPOCHS, verbose=0)
"trained"
loss, score = model.evaluate(test, verbose=0)
print("test accuracy", score)
