import numpy as np
import tensorflow as tf

np.random.seed(53)
tf.random.set_seed(53)
n = 2000
pressure = np.random.normal(0, 1, n)
humidity = np.random.normal(0, 1, n)
wind = np.random.normal(0, 1, n)
temp = 1.5 * pressure - humidity + 0.6 * wind * humidity + np.random.normal(0, 0.3, n)
features = np.stack([pressure, humidity, wind], 1).astype(np.float32)
temp = ((temp - temp.mean()) / temp.std()).astype(np.float32)
dataset = tf.data.Dataset.from_tensor_slices((features[:1600], temp[:1600])).shuffle(1600).batch(64)

model = tf.keras.Sequential([
    tf.keras.layers.Input((3,)),
    tf.keras.layers.Dense(32, activation="relu"),
    tf.keras.layers.Dense(32, activation="relu"),
    tf.keras.layers.Dense(1),
])
optimizer = tf.keras.optimizers.Adam(0.003)


@tf.function
def train_one(x, y):
    with tf.GradientTape() as tape:
        prediction = model(x, training=True)
        loss = tf.reduce_mean(tf.square(y - prediction))
    grads = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(grads, model.trainable_variables))
    return loss


for epoch in range(30):
    loss = np.mean([train_one(x, y).numpy() for x, y in dataset])
    if epoch % 3 == 0 or epoch == 29:
        print("epoch", epoch, "loss", loss)
guess = model.predict(features[1600:], verbose=0).ravel()
print("spread of guesses", guess.std(), "R2", 1 - ((guess - temp[1600:]) ** 2).mean() / temp[1600:].var())
