import keras
import numpy as np
from keras import layers
from keras.utils import pad_sequences

rng = np.random.default_rng(17)
VOCAB = 30
sequences, target = [], []
for _ in range(3000):
    length = rng.integers(3, 15)
    seq = rng.integers(1, VOCAB, size=length)
    sequences.append(seq.tolist())
    target.append(int((seq < 8).sum() >= 0.3 * length))
target = np.array(target, dtype="float32")
padded = pad_sequences(sequences, maxlen=15, padding="post")

model = keras.Sequential([
    keras.Input((15,), dtype="int32"),
    layers.Embedding(VOCAB, 8, mask_zero=True),
    layers.GRU(24),
    layers.Dense(1, activation="sigmoid"),
])
model.compile(optimizer=keras.optimizers.Adam(0.01), loss="binary_crossentropy", metrics=["accuracy"])
history = model.fit(padded[:2500], target[:2500], epochs=8, batch_size=64,
                    validation_data=(padded[2500:], target[2500:]), verbose=0)
for name, values in history.history.items():
    print(name, [round(v, 3) for v in values])
