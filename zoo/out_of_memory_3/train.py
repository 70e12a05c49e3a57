import keras
import numpy as np
from keras import layers

rate, seconds = 16000, 40
rng = np.random.default_rng(12)
waves = rng.normal(0, 0.1, (6, rate * seconds, 1)).astype("float32")
speaker = np.array([0, 1, 0, 1, 0, 1])
waves[1::2] += np.sin(np.arange(rate * seconds) / 40)[None, :, None].astype("float32")

audio = keras.Input((rate * seconds, 1))
h = layers.Conv1D(4, 9, padding="same", activation="relu")(audio)
h = layers.Add()([h, layers.MultiHeadAttention(2, 4)(h, h)])
h = layers.GlobalAveragePooling1D()(h)
model = keras.Model(audio, layers.Dense(1, activation="sigmoid")(h))
model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
model.fit(waves, speaker, batch_size=2, epochs=3, verbose=2)
