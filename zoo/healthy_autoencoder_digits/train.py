import numpy as np
import keras
from keras.layers import Dense, Input
from sklearn.datasets import load_digits
from sklearn.decomposition import PCA

X = load_digits().data.astype("float32") / 16
np.random.default_rng(1).shuffle(X)
X_train, X_valid = X[:1500], X[1500:]

encoder = keras.Sequential([Input((64,)), Dense(48, activation="relu"), Dense(10)], name="encoder")
decoder = keras.Sequential([Input((10,)), Dense(48, activation="relu"), Dense(64, activation="sigmoid")], name="decoder")
img = Input((64,))
autoencoder = keras.Model(img, decoder(encoder(img)))
autoencoder.compile(optimizer=keras.optimizers.Adam(0.002), loss="mse")
autoencoder.fit(X_train, X_train, epochs=50, batch_size=64, shuffle=True, validation_data=(X_valid, X_valid), verbose=2)

pca = PCA(10).fit(X_train)
print("autoencoder mse", autoencoder.evaluate(X_valid, X_valid, verbose=0))
print("pca mse", float(np.mean((pca.inverse_transform(pca.transform(X_valid)) - X_valid) ** 2)))
