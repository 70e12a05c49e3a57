from keras import Sequential, layers
from sklearn.datasets import make_blobs
from sklearn.preprocessing import minmax_scale

X, y = make_blobs(n_samples=6000, n_features=5, centers=3, cluster_std=2.0, random_state=30)
X = minmax_scale(X)
clf = Sequential([layers.Input((5,)), layers.Dense(32, activation="relu"), layers.Dense(3, activation="softmax")])
clf.compile(loss="sparse_categorical_crossentropy", optimizer="adam", metrics=["accuracy"])
clf.fit(X[:5000], y[:5000], batch_size=16, epochs=3, validation_data=(X[5000:], y[5000:]))
