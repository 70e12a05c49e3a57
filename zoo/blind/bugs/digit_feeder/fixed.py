import argparse
import math
import numpy as np
import keras
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split


class Feeder(keras.utils.PyDataset):
    def __init__(self, x, y, bs, training, **kw):
        super().__init__(**kw)
        self.x, self.y, self.bs, self.training = x, y, bs, training
        self.order = np.arange(len(x))
        self.on_epoch_end()

    def __len__(self):
        return math.ceil(len(self.x) / self.bs)

    def on_epoch_end(self):
        if self.training:
            np.random.shuffle(self.order)

    def __getitem__(self, i):
        k = self.order[i * self.bs:(i + 1) * self.bs]
        bx = self.x[k].astype('float32')
        if self.training:
            # random shift by one pixel
            dx, dy = np.random.randint(-1, 2, 2)
            bx = np.roll(bx, (dy, dx), (1, 2))
        bx = (bx - self.x.mean()) / self.x.std()
        return bx[..., None], self.y[k]


def build(n):
    i = keras.Input((8, 8, 1))
    h = keras.layers.Conv2D(32, 3, padding='same', activation='relu')(i)
    h = keras.layers.BatchNormalization()(h)
    h = keras.layers.MaxPooling2D()(h)
    h = keras.layers.Conv2D(48, 3, padding='same', activation='relu')(h)
    h = keras.layers.GlobalMaxPooling2D()(h)
    h = keras.layers.Dense(48, activation='relu')(h)
    return keras.Model(i, keras.layers.Dense(n, activation='softmax')(h))


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument('--epochs', type=int, default=25)
    ap.add_argument('--batch', type=int, default=32)
    args = ap.parse_args()
    keras.utils.set_random_seed(99)
    digits = load_digits()
    xtr, xte, ytr, yte = train_test_split(digits.images, digits.target, test_size=.3, random_state=0, stratify=digits.target)
    train_gen = Feeder(xtr, ytr, args.batch, True)
    val_gen = Feeder(xte, yte, args.batch, False)
    model = build(10)
    model.compile(optimizer=keras.optimizers.Adam(2e-3), loss='sparse_categorical_crossentropy', metrics=['acc'])
    model.fit(train_gen, validation_data=val_gen, epochs=args.epochs, verbose=2)
    print('final', model.evaluate(val_gen, verbose=0))


if __name__ == '__main__':
    main()
