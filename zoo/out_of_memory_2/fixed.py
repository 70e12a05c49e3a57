import keras
import numpy as np
from keras import layers

rng = np.random.default_rng(4)
documents = rng.integers(1, 40_000_000, (200_000, 40))
length = (documents[:, 0] % 2).astype("float32")
vocabulary = 40_000_000

buckets = 4096
model = keras.Sequential([keras.Input((40,), dtype="int32"), layers.Embedding(buckets, 4), layers.GlobalAveragePooling1D(), layers.Dense(1, activation="sigmoid")])
model.compile("adam", "binary_crossentropy")
model.fit(documents[:100_000] % buckets, length[:100_000], epochs=1, batch_size=512)
