import argparse
import numpy as np
import keras
from keras import layers

parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=2e-3)
parser.add_argument("--epochs", type=int, default=10)
parser.add_argument("--units", type=int, default=24)
args = parser.parse_args()

keras.utils.set_random_seed(0)
rng = np.random.default_rng(0)


def activity(label, steps=40):
    """accelerometer like signal, three channels"""
    t = np.arange(steps) / 20.0
    freq = [0.0, 1.6, 2.6][label] + rng.normal(0, .15)
    amp = [0.05, .6, 1.0][label] * rng.uniform(.6, 1.4)
    phase = rng.uniform(0, 6.28, 3)
    base = np.stack([amp * np.sin(6.28 * freq * t + p) for p in phase], -1)
    return base + rng.normal(0, .35, (steps, 3))


y = rng.integers(0, 3, 2400)
x = np.stack([activity(k) for k in y]).astype("float32")
split = 1900

inputs = keras.Input((40, 3))
h = layers.GRU(args.units)(inputs)
h = layers.Dense(16, activation="relu")(h)
outputs = layers.Dense(3, activation="softmax")(h)
model = keras.Model(inputs, outputs)
model.compile(optimizer=keras.optimizers.Adam(args.lr), loss="sparse_categorical_crossentropy", metrics=["accuracy"])

if __name__ == "__main__":
    model.summary()
    model.fit(x[:split], y[:split], validation_data=(x[split:], y[split:]), epochs=args.epochs, batch_size=64, verbose=2)
    cm = np.zeros((3, 3), int)
    np.add.at(cm, (y[split:], model.predict(x[split:], verbose=0).argmax(1)), 1)
    print(cm)
