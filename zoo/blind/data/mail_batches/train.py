import keras
import numpy as np
from sklearn.datasets import make_classification


class Mails(keras.utils.PyDataset):
    def __init__(self, x, y, batch_size, seed=0, shuffle=True, **kwargs):
        super().__init__(**kwargs)
        self.x, self.y = x.copy(), y.copy()
        self.batch_size = batch_size
        self.shuffle = shuffle
        self.rng = np.random.default_rng(seed)
        self.on_epoch_end()

    def __len__(self):
        return -(-len(self.x) // self.batch_size)

    def __getitem__(self, i):
        part = slice(i * self.batch_size, (i + 1) * self.batch_size)
        return self.x[part], self.y[part]

    def on_epoch_end(self):
        if self.shuffle:
            self.rng.shuffle(self.x)
            self.rng.shuffle(self.y)


keras.utils.set_random_seed(23)
x, y = make_classification(2000, 15, n_informative=8, class_sep=1.4, n_classes=3, random_state=23)
x = x.astype("float32") / 2
train = Mails(x[:1500], y[:1500], 32)
val = Mails(x[1500:], y[1500:], 100, shuffle=False)
model = keras.Sequential([keras.Input((15,)), keras.layers.Dense(48, activation="relu"), keras.layers.Dense(24, activation="relu"), keras.layers.Dense(3, activation="softmax")])
model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(train, validation_data=val, epochs=15, verbose=2)
