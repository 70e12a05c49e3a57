# store demand: last 28 days of sales and the store id -> tomorrow's sales
import numpy as np
import tensorflow as tf
import keras
from keras import layers

keras.utils.set_random_seed(45)
rng = np.random.default_rng(45)
STORES, DAYS, W = 25, 200, 28
level = rng.lognormal(3.2, .4, STORES)
week = rng.dirichlet(np.full(7, 12.0), STORES) * 7
trend = rng.normal(0, .001, STORES)
d = np.arange(DAYS)
lam = level[:, None] * week[:, d % 7] * np.exp(trend[:, None] * d)
promo = rng.random((STORES, DAYS)) < .1
sales = rng.poisson(lam * np.where(promo, 1.5, 1)).astype("float32")

hist, store, tomorrow, when = [], [], [], []
for s in range(STORES):
    for t in range(W, DAYS):
        window = np.log1p(sales[s, t - W:t])
        hist.append(np.stack([window, promo[s, t - W + 1:t + 1]], -1))
        store.append(s); tomorrow.append(np.log1p(sales[s, t])); when.append(t)
hist, store, tomorrow, when = np.array(hist, "float32"), np.array(store), np.array(tomorrow, "float32"), np.array(when)
mean, std = hist[when < 160, :, 0].mean(), hist[when < 160, :, 0].std()
hist[:, :, 0] = (hist[:, :, 0] - mean) / std
tomorrow = (tomorrow - mean) / std
tr, te = when < 160, when >= 160

a, b = keras.Input((W, 2)), keras.Input((), dtype="int32")
h = layers.Conv1D(24, 7, activation="relu")(a)
h = layers.Conv1D(24, 5, activation="relu")(h)
h = layers.Concatenate()([layers.Flatten()(h), layers.Embedding(STORES, 4)(b)])
h = layers.Dense(32, activation="relu")(h)
model = keras.Model([a, b], layers.Dense(1)(h))
optimizer = keras.optimizers.Adam(5e-4)


@tf.function
def step(x, s, y):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(model([x, s], training=True)[:, 0] - y))
    optimizer.apply_gradients(zip(tape.gradient(loss, model.trainable_weights), model.trainable_weights))
    return loss


ds = tf.data.Dataset.from_tensor_slices((hist[tr], store[tr], tomorrow[tr])).shuffle(5000, seed=3).batch(64)
for e in range(10):
    l = np.mean([step(*b).numpy() for b in ds])
    p = model.predict([hist[te], store[te]], verbose=0)[:, 0]
    print("epoch", e + 1, "train mse %.4f" % l, "test mse %.4f" % np.mean((p - tomorrow[te]) ** 2))
naive = hist[te][:, -7, 0]
print("same weekday last week: mse %.4f" % np.mean((naive - tomorrow[te]) ** 2), " variance %.4f" % tomorrow[te].var())
