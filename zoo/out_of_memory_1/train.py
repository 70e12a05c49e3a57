import keras
import numpy as np
from keras import layers

clips = np.random.rand(16, 32, 128, 128, 3).astype("float32")
genre = np.random.randint(0, 4, 16)

model = keras.Sequential([
    keras.Input((32, 128, 128, 3)),
    layers.Conv3D(32, 3, padding="same", activation="relu"),
    layers.Flatten(),
    layers.Dense(2_000_000, activation="relu"),
    layers.Dense(4, activation="softmax"),
])
model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(clips, genre, batch_size=2, epochs=1, verbose=2)
