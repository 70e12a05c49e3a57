import keras
import numpy as np
from keras import layers
from sklearn.datasets import load_digits

keras.utils.set_random_seed(33)
x = load_digits().data.astype("float32") / 16
np.random.default_rng(33).shuffle(x)
x_train, x_test = x[:1500], x[1500:]

encoding_dim = 20
input_img = keras.Input(shape=(64,))
encoded = layers.Dense(96, activation='relu')(input_img)
encoded = layers.Dense(encoding_dim, activation='linear')(encoded)
decoded = layers.Dense(96, activation='relu')(encoded)
decoded = layers.Dense(64, activation='sigmoid')(decoded)
autoencoder = keras.Model(input_img, decoded)
autoencoder.compile(optimizer=keras.optimizers.Adam(2e-3), loss='binary_crossentropy')
autoencoder.fit(x_train, x_train, epochs=50, batch_size=64, validation_data=(x_test, x_test), verbose=2)

decoded_imgs = autoencoder.predict(x_test, verbose=0)
err = ((decoded_imgs - x_test) ** 2).mean()
print('mse', err, 'share of variance kept', 1 - err / ((x_test - x_train.mean(0)) ** 2).mean())
