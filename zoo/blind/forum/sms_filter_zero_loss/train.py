import numpy as np
import keras
from keras import layers

rng = np.random.default_rng(5)
keras.utils.set_random_seed(5)

COMMON = "i you the a to we is it at for on can call me my in tomorrow home later ok sure text".split()
HAM = "meeting dinner mum lunch train late love bus class work sorry thanks weekend".split()
SPAM = "free prize winner claim urgent cash offer click txt reward guaranteed mobile credit".split()


def message(is_spam):
    words = list(rng.choice(COMMON, rng.integers(4, 12)))
    first, second = (SPAM, HAM) if is_spam else (HAM, SPAM)
    words += list(rng.choice(first, rng.integers(1, 4)))
    if rng.random() < 0.35:
        words += list(rng.choice(second, rng.integers(1, 3)))
    rng.shuffle(words)
    return " ".join(words)


labels = (rng.random(2400) < 0.42).astype("float32")
texts = [message(l > 0) for l in labels]
vocab = sorted(set(COMMON + HAM + SPAM))
index = {w: i for i, w in enumerate(vocab)}
bow = np.zeros((len(texts), len(vocab)), "float32")
for i, t in enumerate(texts):
    for w in t.split():
        bow[i, index[w]] += 1
labels = labels.reshape(-1, 1)

inp = layers.Input(shape=(len(vocab),))
h = layers.Dense(32, activation="relu")(inp)
h = layers.Dropout(0.3)(h)
out = layers.Dense(1, activation="sigmoid")(h)
model = keras.Model(inp, out)
model.compile(optimizer="rmsprop", loss="categorical_crossentropy", metrics=["binary_accuracy"])
hist = model.fit(bow[:2000], labels[:2000], validation_data=(bow[2000:], labels[2000:]), epochs=15, batch_size=32, verbose=2)
print("final val_loss", hist.history["val_loss"][-1], "val acc", hist.history["val_binary_accuracy"][-1])
