import numpy as np
import keras
from keras.layers import Input, Conv2D, Conv2DTranspose, Dense, Flatten, Reshape
from sklearn.datasets import load_digits
from sklearn.decomposition import PCA
from sklearn.model_selection import train_test_split

keras.utils.set_random_seed(66)
digits = load_digits()
X = digits.images.astype('float32')
X = (X - X.mean()) / X.std()
X = X[..., None]
x_train, x_test = train_test_split(X, test_size=.2, random_state=66)
print(x_train.shape, x_train.min(), x_train.max())

encoder_in = Input((8, 8, 1))
h = Conv2D(16, 3, strides=2, padding='same', activation='relu')(encoder_in)
h = Conv2D(32, 3, strides=2, padding='same', activation='relu')(h)
h = Flatten()(h)
code = Dense(12, name='code')(h)
h = Dense(2 * 2 * 32, activation='relu')(code)
h = Reshape((2, 2, 32))(h)
h = Conv2DTranspose(32, 3, strides=2, padding='same', activation='relu')(h)
h = Conv2DTranspose(16, 3, strides=2, padding='same', activation='relu')(h)
decoded = Conv2D(1, 3, padding='same', activation='sigmoid')(h)

autoencoder = keras.Model(encoder_in, decoded)
autoencoder.compile(optimizer=keras.optimizers.Adam(2e-3), loss='mse')
autoencoder.fit(x_train, x_train, epochs=40, batch_size=32, shuffle=True, validation_data=(x_test, x_test), verbose=2)

rec = autoencoder.predict(x_test, verbose=0)
print('reconstruction mse', np.mean((rec - x_test) ** 2), 'min/max of output', rec.min(), rec.max())
flat_tr, flat_te = x_train.reshape(len(x_train), -1), x_test.reshape(len(x_test), -1)
pca = PCA(12).fit(flat_tr)
print('pca with 12 components', np.mean((pca.inverse_transform(pca.transform(flat_te)) - flat_te) ** 2))
for row in rec[0, :, :, 0]:
    print(' '.join('%5.2f' % v for v in row))
