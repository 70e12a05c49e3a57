# learn to map noisy vectors onto clean ones, only the direction counts
import keras
import numpy as np

keras.utils.set_random_seed(112)
rng = np.random.default_rng(112)
clean = rng.normal(size=(3000, 16)).astype("float32")
A = rng.normal(size=(16, 40)) / 4
noisy = (np.tanh(clean @ A) + rng.normal(0, 0.1, (3000, 40))).astype("float32")
model = keras.Sequential([keras.layers.Input((40,)), keras.layers.Dense(64, activation="relu"), keras.layers.Dense(16)])
model.compile("adam", loss="cosine_similarity")
model.fit(noisy[:2500], clean[:2500], epochs=20, batch_size=32, validation_data=(noisy[2500:], clean[2500:]), verbose=2)
e = model.predict(noisy[2500:], verbose=0)
e /= np.linalg.norm(e, axis=1, keepdims=True)
c = clean[2500:] / np.linalg.norm(clean[2500:], axis=1, keepdims=True)
print("top 1 match", ((e @ c.T).argmax(1) == np.arange(500)).mean())
