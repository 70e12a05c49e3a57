"""Small programs of every way to train. Each prints what it sees and leaves its model in `model`."""

from __future__ import annotations

HEAD = """
import numpy as np, keras, tensorflow as tf
from keras import layers
keras.utils.set_random_seed(3)
rng = np.random.default_rng(0)
x = rng.normal(size=(96, 6)).astype("float32")
y = (x[:, 0] + x[:, 1] > 0).astype("int32")
def net(*extra):
    hidden = layers.Dense(8, activation="relu")
    return keras.Sequential([layers.Input((6,)), hidden, *extra, layers.Dense(2, activation="softmax")])
LOSS = "sparse_categorical_crossentropy"
"""

TAIL = """
import hashlib, random
digest = hashlib.sha256()
for w in model.weights:
    digest.update(np.ascontiguousarray(w.numpy()).tobytes())
print("weights", digest.hexdigest())
print("streams", random.random(), np.random.random(), float(tf.random.uniform(())), float(keras.random.uniform(())))
"""

BODIES = {
    "sequential, verbose": """
model = net()
model.compile("adam", LOSS, metrics=["accuracy"])
history = model.fit(x, y, epochs=3, batch_size=16, verbose=2, validation_split=0.25)
print(history.history)
print(model.evaluate(x, y, verbose=0), model.predict(x[:3], verbose=0).tolist())
""",
    "functional, two inputs, dropout": """
a, b = layers.Input((3,), name="a"), layers.Input((3,), name="b")
h = layers.Dropout(0.4)(layers.Dense(8, activation="tanh")(layers.Concatenate()([a, b])))
model = keras.Model([a, b], layers.Dense(1, activation="sigmoid")(h))
model.compile(keras.optimizers.SGD(0.1, momentum=0.9), "binary_crossentropy")
model.fit({"a": x[:, :3], "b": x[:, 3:]}, y, epochs=3, batch_size=8, verbose=0)
print(model.evaluate([x[:, :3], x[:, 3:]], y, verbose=0))
""",
    "subclassed, batch normalisation": """
class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.a, self.n, self.b = layers.Dense(8), layers.BatchNormalization(), layers.Dense(2)
    def call(self, x, training=False):
        return self.b(tf.nn.relu(self.n(self.a(x), training=training)))
model = Net()
model.compile("rmsprop", keras.losses.SparseCategoricalCrossentropy(from_logits=True), metrics=["accuracy"])
print(model.fit(x, y, epochs=2, verbose=0, validation_data=(x, y)).history)
""",
    "pandas": """
import pandas as pd
frame = pd.DataFrame(x, columns=list("abcdef"))
model = net()
model.compile("adam", LOSS)
print(model.fit(frame, pd.Series(y), epochs=2, batch_size=32, verbose=0, class_weight={0: 1.0, 1: 2.0}).history)
""",
    "tf.data, shuffled": """
data = tf.data.Dataset.from_tensor_slices((x, y)).shuffle(96, seed=1)
data = data.map(lambda a, b: (a + tf.random.normal(a.shape, stddev=0.1), b))
model = net(layers.GaussianNoise(0.3))
model.compile("adam", LOSS)
print(model.fit(data.batch(16), epochs=3, verbose=0, validation_data=data.batch(32)).history)
print([int(b) for _, b in data.take(5)])
""",
    "generator": """
def batches():
    while True:
        at = np.random.randint(0, 96, 16)
        yield x[at], y[at]
source = batches()
model = net()
model.compile("adam", LOSS)
print(model.fit(source, steps_per_epoch=5, epochs=2, verbose=0).history)
print(next(source)[1].tolist())
""",
    "PyDataset": """
class Rows(keras.utils.PyDataset):
    asked = 0
    def __len__(self):
        return 6
    def __getitem__(self, i):
        Rows.asked += 1
        return x[16 * i : 16 * i + 16], y[16 * i : 16 * i + 16]
    def on_epoch_end(self):
        print("epoch over", Rows.asked)
model = net()
model.compile("adam", LOSS)
model.fit(Rows(), epochs=2, shuffle=True, verbose=0)
""",
    "train_on_batch": """
model = net()
model.compile("adam", LOSS, metrics=["accuracy"])
for step in range(12):
    at = np.random.randint(0, 96, 16)
    print(model.train_on_batch(x[at], y[at]))
print(model.test_on_batch(x, y))
""",
    "custom train_step with noise": """
class Noisy(keras.Model):
    def __init__(self):
        super().__init__()
        self.inner = net()
    def call(self, x):
        return self.inner(x)
    def train_step(self, data):
        a, b = data
        with tf.GradientTape() as tape:
            p = self(a + tf.random.normal(tf.shape(a), stddev=0.2), training=True)
            loss = self.compute_loss(y=b, y_pred=p)
        grads = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply_gradients(zip(grads, self.trainable_variables))
        return {"loss": loss}
model = Noisy()
model.compile("adam", LOSS)
print(model.fit(x, y, epochs=2, verbose=0).history)
""",
    "eager tape": """
model, optimizer = net(layers.Dropout(0.2)), keras.optimizers.Adam(0.01)
lossfn = keras.losses.SparseCategoricalCrossentropy()
for epoch in range(2):
    for i in range(0, 96, 16):
        with tf.GradientTape() as tape:
            loss = lossfn(y[i : i + 16], model(x[i : i + 16], training=True))
        optimizer.apply_gradients(zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables))
    print(epoch, float(loss))
""",
    "tf.function tape": """
model, optimizer = net(), keras.optimizers.SGD(0.1)
lossfn, seen = keras.losses.SparseCategoricalCrossentropy(), keras.metrics.Mean()
@tf.function
def step(a, b):
    print("tracing")
    with tf.GradientTape() as tape:
        loss = lossfn(b, model(a + tf.random.normal(tf.shape(a)), training=True))
    optimizer.apply_gradients(zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables))
    seen.update_state(loss)
    return loss
for a, b in tf.data.Dataset.from_tensor_slices((x, y)).shuffle(96).batch(16).repeat(2):
    step(a, b)
print(float(seen.result()), step.experimental_get_tracing_count())
""",
    "callbacks": """
class Tell(keras.callbacks.Callback):
    def on_train_batch_end(self, batch, logs=None):
        print(batch, sorted(logs), f"{logs['loss']:.6f}")
model = net()
model.compile(keras.optimizers.Adam(keras.optimizers.schedules.ExponentialDecay(0.05, 3, 0.5)), LOSS, metrics=["accuracy"])
model.fit(x, y, epochs=4, batch_size=32, verbose=0, validation_split=0.2, callbacks=[
    Tell(), keras.callbacks.EarlyStopping("val_loss", patience=1, restore_best_weights=True)])
""",
    "recurrent, eager, weights per row": """
model = keras.Sequential([layers.Input((3, 2)), layers.LSTM(5, dropout=0.1), layers.Dense(1)])
model.compile("adam", "mse", run_eagerly=True)
print(model.fit(x.reshape(96, 3, 2), y, sample_weight=np.linspace(0, 1, 96), epochs=2, batch_size=48, verbose=0).history)
""",
    "two models, several fits, no seed of Keras": """
np.random.seed(5); tf.random.set_seed(5)
first = net()
first.compile("adam", LOSS); first.fit(x, y, verbose=0)
model = keras.models.clone_model(first)
model.compile("sgd", LOSS, jit_compile=False, steps_per_execution=2)
for k in range(3):
    print(model.fit(x, y, batch_size=16, epochs=1, verbose=0).history)
    np.random.shuffle(x)
print(keras.utils.to_categorical(y[:3]).tolist(), model.name, [w.path for w in model.weights])
""",
    "a layer and a loss that print while they are traced": """
class Loud(layers.Layer):
    def call(self, x):
        print("layer", x.shape)
        return x
def loss(y, p):
    print("loss", y.shape, p.shape)
    return keras.losses.sparse_categorical_crossentropy(y, p)
model = net(Loud())
model.compile("adam", loss)
data = tf.data.Dataset.from_tensor_slices((x, y)).batch(20)
print(model.fit(data, epochs=2, verbose=0, validation_data=data).history, model.evaluate(x[:50], y[:50], verbose=0))
model.compile("sgd", loss)
model.fit(x, y, batch_size=20, epochs=2, verbose=0, validation_split=0.3)
""",
    "an exception": """
model = net()
model.compile("adam", LOSS)
model.fit(x, y, verbose=0)
try:
    model.fit(x[:, :5], y, verbose=0)
except Exception as error:
    print(type(error).__name__, str(error).splitlines()[0])  # below, TensorFlow prints its graph's stack
""",
}
PROGRAMS = {name: HEAD + body + TAIL for name, body in BODIES.items()}
