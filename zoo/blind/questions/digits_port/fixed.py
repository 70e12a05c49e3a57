import tensorflow as tf
from sklearn.datasets import load_digits

# ported from an old tf.layers script
tf.keras.utils.set_random_seed(1234)
keep_prob = 0.95
lr = 1e-3
digits = load_digits()
train_x, train_y = digits.images[:1400, ..., None] / 16.0, digits.target[:1400]
test_x, test_y = digits.images[1400:, ..., None] / 16.0, digits.target[1400:]

inputs = tf.keras.Input(shape=(8, 8, 1))
net = tf.keras.layers.Conv2D(16, [3, 3], activation=tf.nn.relu, padding="same")(inputs)
net = tf.keras.layers.MaxPooling2D([2, 2], 2)(net)
net = tf.keras.layers.Flatten()(net)
net = tf.keras.layers.Dense(64, activation=tf.nn.relu)(net)
net = tf.keras.layers.Dropout(1 - keep_prob)(net)
net = tf.keras.layers.Dense(32, activation=tf.nn.relu)(net)
net = tf.keras.layers.Dropout(1 - keep_prob)(net)
logits = tf.keras.layers.Dense(10)(net)
model = tf.keras.Model(inputs, logits)
model.compile(optimizer=tf.keras.optimizers.Adam(lr),
              loss=tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True), metrics=["accuracy"])
model.fit(train_x, train_y, batch_size=32, epochs=12, validation_data=(test_x, test_y), verbose=2)
