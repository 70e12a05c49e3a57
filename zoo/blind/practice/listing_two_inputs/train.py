import numpy as np
import keras
from keras import layers

keras.utils.set_random_seed(81)
rng = np.random.default_rng(81)
VOCAB, LEN, N = 200, 20, 5000
tokens = rng.integers(1, VOCAB, (N, LEN))
worth = np.zeros(VOCAB)
worth[rng.choice(np.arange(1, VOCAB), 60, replace=False)] = rng.normal(0, 1.0, 60)
numbers = rng.normal(0, 1, (N, 4)).astype("float32")
price = (0.8 * worth[tokens].sum(1) + 0.9 * numbers[:, 0] - 0.5 * numbers[:, 1] * (numbers[:, 2] > 0)
         + rng.normal(0, 0.4, N))
price = ((price - price.mean()) / price.std()).astype("float32")

text_in = keras.Input((LEN,), dtype="int32", name="text")
num_in = keras.Input((4,), name="numbers")
words = layers.Embedding(VOCAB, 16)(text_in)
words = layers.Conv1D(32, 3, activation="relu")(words)
words = layers.GlobalAveragePooling1D()(words)
words = layers.Dense(32, activation="relu")(words)
figures = layers.Dense(32, activation="relu")(num_in)
figures = layers.Dense(32, activation="relu")(figures)
both = layers.concatenate([figures, figures])
both = layers.Dense(32, activation="relu")(both)
result = layers.Dense(1, name="price")(both)

model = keras.Model({"text": text_in, "numbers": num_in}, result)
model.compile(optimizer=keras.optimizers.Adam(0.003), loss="mse")
cut = 4000
model.fit({"text": tokens[:cut], "numbers": numbers[:cut]}, price[:cut], epochs=9, batch_size=32, verbose=2,
          validation_data=({"text": tokens[cut:], "numbers": numbers[cut:]}, price[cut:]))
p = model.predict({"text": tokens[cut:], "numbers": numbers[cut:]}, verbose=0)[:, 0]
print("R2 %.3f" % (1 - np.mean((p - price[cut:]) ** 2) / np.var(price[cut:])))
