import numpy as np
import keras
from keras import layers

keras.utils.set_random_seed(5)
rng = np.random.default_rng(5)
x = rng.integers(1, 40, (2400, 16))
y = (np.isin(x, (3, 7, 11)).sum(1) >= 2).astype("float32")
model = keras.Sequential([
    keras.Input((16,)),
    layers.Embedding(40, 16),
    layers.LSTM(32),
    layers.Dense(1, activation="sigmoid"),
])
model.compile(loss="binary_crossentropy", optimizer=keras.optimizers.RMSprop(learning_rate=0.005), metrics=["accuracy"])
model.fit(x[:2000], y[:2000], epochs=8, batch_size=50, validation_data=(x[2000:], y[2000:]), verbose=2)
