# pretrain on the digits 0-4, reuse the features for 5-9
import numpy as np
import keras
from keras import layers
from sklearn.datasets import load_digits

keras.utils.set_random_seed(10)
d = load_digits()
images = (d.images / 16.0).astype('float32')[..., np.newaxis]
old = d.target < 5
rng = np.random.RandomState(10)


def split(mask):
    i = rng.permutation(np.where(mask)[0])
    k = int(.75 * len(i))
    return i[:k], i[k:]


old_tr, old_te = split(old)
new_tr, new_te = split(~old)

base = keras.Sequential([
    keras.Input((8, 8, 1)),
    layers.Conv2D(24, 3, padding='same', activation='relu'),
    layers.Conv2D(32, 3, padding='same', activation='relu'),
    layers.MaxPooling2D(),
    layers.Conv2D(48, 3, activation='relu'),
    layers.Flatten(),
], name='base')
src = keras.Sequential([base, layers.Dense(5, activation='softmax')])
src.compile('adam', 'sparse_categorical_crossentropy', metrics=['accuracy'])
src.fit(images[old_tr], d.target[old_tr], epochs=8, batch_size=32, verbose=0)
print('source task', src.evaluate(images[old_te], d.target[old_te], verbose=0))

x = base.output
x = layers.Dense(64, activation='relu')(x)
x = layers.Dropout(0.2)(x)
predictions = layers.Dense(5, activation='softmax')(x)
model = keras.Model(inputs=base.input, outputs=predictions)

for layer in base.layers:
    layer.trainable = False

model.compile(optimizer=keras.optimizers.Adam(1e-3), loss='sparse_categorical_crossentropy', metrics=['accuracy'])
model.fit(images[new_tr], d.target[new_tr] - 5, epochs=15, batch_size=32,
          validation_data=(images[new_te], d.target[new_te] - 5), verbose=2)
score = model.evaluate(images[new_te], d.target[new_te] - 5, verbose=0)
print('Test loss:', score[0])
print('Test accuracy:', score[1])
