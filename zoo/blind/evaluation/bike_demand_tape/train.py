import numpy as np, tensorflow as tf, keras

keras.utils.set_random_seed(2)
rng = np.random.default_rng(2)

n = 8000
hour = rng.integers(0, 24, n)
dow = rng.integers(0, 7, n)
temp = 12 + 9 * np.sin(rng.uniform(0, 2 * np.pi, n)) + rng.normal(0, 3, n)
rain = rng.binomial(1, 0.2, n)
work = (dow < 5).astype(float)
base = (3.0 * np.exp(-((hour - 8) / 2.0) ** 2) * work + 3.4 * np.exp(-((hour - 17.5) / 2.5) ** 2)
        + 2.0 * np.exp(-((hour - 14) / 4.0) ** 2) * (1 - work) + 0.08 * temp - 0.9 * rain)
cnt = base + rng.normal(0, 0.5, n)

feats = np.column_stack([np.sin(2 * np.pi * hour / 24), np.cos(2 * np.pi * hour / 24),
                         np.sin(4 * np.pi * hour / 24), np.cos(4 * np.pi * hour / 24),
                         work, temp / 15, rain]).astype("float32")
target = ((cnt - cnt.mean()) / cnt.std()).astype("float32")[:, None]
x_train, x_test = feats[:6500], feats[6500:]
y_train, y_test = target[:6500], target[6500:]

model = keras.Sequential([
    keras.layers.Input((7,)),
    keras.layers.Dense(64, activation="relu"),
    keras.layers.Dense(64, activation="relu"),
    keras.layers.Dense(1),
])
optimizer = keras.optimizers.Adam(1e-2)
BATCH = 650


@tf.function
def train_on(xb, yb):
    with tf.GradientTape() as tape:
        pred = model(xb, training=True)
        loss = tf.reduce_mean(tf.square(yb[0] - pred[0]))
    optimizer.apply_gradients(zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables))
    return loss


for epoch in range(16):
    order = rng.permutation(len(x_train))
    losses = []
    for i in range(0, len(order), BATCH):
        j = order[i:i + BATCH]
        losses.append(train_on(tf.constant(x_train[j]), tf.constant(y_train[j])).numpy())
    e = y_test - model.predict(x_test, verbose=0, batch_size=512)
    r2 = 1 - (e ** 2).mean() / y_test.var()
    print("epoch %2d  loss %.4f  test R2 %.3f" % (epoch + 1, np.mean(losses), r2))
