import numpy as np, keras, tensorflow as tf
from keras import layers


class LoadModel(keras.Model):
    def __init__(self, width=64, rate=0.5):
        super().__init__()
        self.body = [layers.Dense(width, activation="relu"), layers.Dropout(rate),
                     layers.Dense(width, activation="relu"), layers.Dropout(rate)]
        self.out = layers.Dense(1)

    def call(self, x, training=False):
        for layer in self.body:
            x = layer(x, training=training) if isinstance(layer, layers.Dropout) else layer(x)
        return self.out(x)


def buildings(n, seed):
    r = np.random.default_rng(seed)
    compact, area, height, glazing = r.uniform(.6, 1, n), r.uniform(200, 450, n), r.choice([3.5, 7.0], n), r.uniform(0, .4, n)
    orient, wall = r.integers(2, 6, n), r.uniform(240, 420, n)
    load = 8 + 22 * (compact - .6) + 3.2 * height * (0.4 + glazing) + 0.03 * wall - 0.01 * area + r.normal(0, 0.4, n)
    X = np.c_[compact, area / 100, height, glazing * 5, orient, wall / 100]
    return X, load


keras.utils.set_random_seed(66)
x, y = buildings(4000, 1)
xt, yt = buildings(1000, 2)
mx, sx, my, sy = x.mean(0), x.std(0), y.mean(), y.std()
x, xt = ((x - mx) / sx).astype("float32"), ((xt - mx) / sx).astype("float32")
z, zt = ((y - my) / sy).astype("float32")[:, None], ((yt - my) / sy).astype("float32")[:, None]

model = LoadModel()
optimizer = keras.optimizers.Adam(1e-3)
mse = keras.losses.MeanSquaredError()


@tf.function
def step(a, b):
    with tf.GradientTape() as tape:
        l = mse(b, model(a, training=True))
    optimizer.apply_gradients(zip(tape.gradient(l, model.trainable_variables), model.trainable_variables))
    return l


def estimate(a):
    return model(a, training=False)


def rmse(a, b):
    out = estimate(a)
    return float(tf.sqrt(tf.reduce_mean((out - b) ** 2))) * sy


ds = tf.data.Dataset.from_tensor_slices((x, z)).shuffle(4000, seed=4).batch(64)
for epoch in range(20):
    ls = [step(a, b).numpy() for a, b in ds]
    if epoch % 4 == 3:
        print(f"epoch {epoch + 1} loss {np.mean(ls):.4f} test RMSE {rmse(xt, zt):.3f} kWh/m2")
print("spread of the load", yt.std())
print("one building asked three times:", [round((estimate(xt[:1]).numpy() * sy + my).item(), 2) for _ in range(3)], "measured", yt[0])
