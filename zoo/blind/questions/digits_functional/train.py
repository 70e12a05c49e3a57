from tensorflow import keras
from tensorflow.keras import layers
from sklearn.datasets import load_digits
from sklearn.utils import shuffle

keras.utils.set_random_seed(89)
X, y = load_digits(return_X_y=True)
X, y = shuffle((X - X.mean()) / X.std(), y, random_state=89)
initializer = keras.initializers.RandomNormal(stddev=0.01)
inp = keras.Input(shape=(64,))
x = inp
for i in range(7):
    x = layers.Dense(50, activation="tanh", kernel_initializer=initializer, name=f"fc{i}")(x)
out = layers.Dense(10, activation="softmax")(x)
net = keras.Model(inp, out)
net.compile(keras.optimizers.SGD(0.05), "sparse_categorical_crossentropy", metrics=["accuracy"])
net.fit(X[:1400], y[:1400], batch_size=32, epochs=12, validation_data=(X[1400:], y[1400:]), verbose=2)
