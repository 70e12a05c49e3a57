import tensorflow as tf
from sklearn.datasets import make_friedman1

X, y = make_friedman1(n_samples=4096, n_features=8, noise=1.0, random_state=3)
y = (y - 14.4) / 4.9
ds = tf.data.Dataset.from_tensor_slices((X.astype("float32"), y.astype("float32")))
test = ds.take(512).batch(128)
train = ds.skip(512).shuffle(4000, seed=1).batch(64, drop_remainder=True).prefetch(2)
model = tf.keras.Sequential([tf.keras.layers.Input((8,)), tf.keras.layers.Dense(64, "relu"), tf.keras.layers.Dense(32, "relu"), tf.keras.layers.Dense(1)])
model.compile("adam", "mse", metrics=["mae"], steps_per_execution=8)
model.fit(train, epochs=20, verbose=0)
print(dict(zip(model.metrics_names, model.evaluate(test, verbose=0))), "noise floor mse", (1 / 4.9) ** 2)
