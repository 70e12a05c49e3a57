import numpy as np, math
import keras
from keras import layers
from sklearn.metrics import classification_report, confusion_matrix

keras.utils.set_random_seed(77)
rng = np.random.default_rng(77)


def leaf(kind):
    yy, xx = np.mgrid[-1:1:24j, -1:1:24j]
    th = rng.uniform(0, np.pi)
    u = xx * np.cos(th) + yy * np.sin(th)
    v = -xx * np.sin(th) + yy * np.cos(th)
    r = np.sqrt(xx ** 2 + yy ** 2)
    ang = np.arctan2(yy, xx) + th
    if kind == 0:
        m = (u / .8) ** 2 + (v / rng.uniform(.28, .5)) ** 2 < 1
    elif kind == 1:
        m = r < rng.uniform(.55, .7) * (1 + .3 * np.cos(5 * ang))
    else:
        m = (r < .68) & (np.abs(v) < rng.uniform(.45, .8)) & (u > rng.uniform(-.5, -.1))
    return m * rng.uniform(.5, 1) + rng.normal(0, .22, m.shape)


class LeafSequence(keras.utils.PyDataset):
    def __init__(self, imgs, lab, batch_size=32, shuffle=True):
        super().__init__()
        self.imgs, self.lab, self.batch_size, self.shuffle = imgs, lab, batch_size, shuffle
        self.idx = np.arange(len(imgs))
        self.on_epoch_end()

    def __len__(self):
        return math.ceil(len(self.imgs) / self.batch_size)

    def on_epoch_end(self):
        if self.shuffle:
            np.random.shuffle(self.idx)

    def __getitem__(self, n):
        j = self.idx[n * self.batch_size:(n + 1) * self.batch_size]
        return self.imgs[j], keras.utils.to_categorical(self.lab[j], 3)


lab = rng.integers(0, 3, 1800)
imgs = np.array([leaf(k) for k in lab], dtype='float32')[..., None]
train_generator = LeafSequence(imgs[:1400], lab[:1400])
test_generator = LeafSequence(imgs[1400:], lab[1400:], shuffle=False)

model = keras.Sequential([
    keras.Input((24, 24, 1)),
    layers.Conv2D(16, 3, activation='relu'), layers.MaxPooling2D(),
    layers.Conv2D(32, 3, activation='relu'), layers.MaxPooling2D(),
    layers.Flatten(), layers.Dropout(.3),
    layers.Dense(48, activation='relu'), layers.Dense(3, activation='softmax')])
model.compile(optimizer='adam', loss='categorical_crossentropy', metrics=['accuracy'])
model.fit(train_generator, validation_data=test_generator, epochs=12, verbose=2)

Y_pred = model.predict(test_generator, verbose=0)
y_pred = np.argmax(Y_pred, axis=1)
print('Confusion Matrix')
print(confusion_matrix(test_generator.lab, y_pred))
print(classification_report(test_generator.lab, y_pred, target_names=['lanceolate', 'lobed', 'truncate']))
