import keras
from keras import layers
from sklearn.datasets import load_digits

keras.utils.set_random_seed(82)
d = load_digits()
X = (d.images / 16)[..., None].astype("float32")
y = d.target


class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.shift = layers.RandomTranslation(0.12, 0.12, fill_mode="constant", seed=1)
        self.noise = layers.GaussianNoise(0.3, seed=2)
        self.conv = keras.Sequential([layers.Conv2D(32, 3, activation="relu", padding="same"), layers.MaxPooling2D(),
                                      layers.Conv2D(32, 3, activation="relu", padding="same"), layers.Flatten()])
        self.drop = layers.Dropout(0.5, seed=3)
        self.out = layers.Dense(10, activation="softmax")

    def call(self, x, training=None):
        x = self.noise(self.shift(x, training=training), training=training)
        return self.out(self.drop(self.conv(x), training=training))


model = Net()
model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(X[:1400], y[:1400], epochs=15, batch_size=32, validation_data=(X[1400:], y[1400:]), verbose=2)
a = model.predict(X[1400:], verbose=0).argmax(1)
b = model.predict(X[1400:], verbose=0).argmax(1)
print("two calls agree on", (a == b).mean())
