import random
from collections import Counter
import numpy as np
import keras
from keras import layers

random.seed(3)
keras.utils.set_random_seed(3)
GOOD = "clean friendly lovely quiet perfect spacious delicious helpful comfortable bright superb charming".split()
BAD = "dirty rude noisy awful tiny smelly cold broken overpriced rusty disgusting slow".split()
FILL = ("the room was and staff we stayed for two nights breakfast with a view near station bed bathroom pool our "
        "family in july price lobby wifi parking very quite really hotel city water towels desk reception lift").split()


def review():
    mood = random.random() < 0.5
    text = []
    for _ in range(random.randint(8, 22)):
        u = random.random()
        if u < 0.14:
            text.append(random.choice(GOOD if mood else BAD))
        elif u < 0.19:
            text.append(random.choice(BAD if mood else GOOD))
        else:
            text.append(random.choice(FILL))
    return " ".join(text), int(mood)


def vocabulary(texts, size=60):
    words = Counter(w for t in texts for w in t.split())
    return {w: i + 2 for i, (w, _) in enumerate(words.most_common(size))}


def encode(texts, index, maxlen=22):
    out = np.zeros((len(texts), maxlen), "int32")
    for row, t in zip(out, texts):
        ids = [index.get(w, 1) for w in t.split()][:maxlen]
        row[:len(ids)] = ids
    return out


reviews = [review() for _ in range(4000)]
train_texts, train_y = zip(*reviews[:3200])
test_texts, test_y = zip(*reviews[3200:])
train_y, test_y = np.array(train_y), np.array(test_y)

index = vocabulary(train_texts)
x_train = encode(train_texts, index)
x_test = encode(test_texts, index)

model = keras.Sequential([
    layers.Input((22,), dtype="int32"),
    layers.Embedding(64, 16),
    layers.GlobalAveragePooling1D(),
    layers.Dense(16, activation="relu"),
    layers.Dense(1, activation="sigmoid"),
])
model.compile(loss="binary_crossentropy", optimizer="adam", metrics=["accuracy"])
model.fit(x_train, train_y, epochs=8, batch_size=32, verbose=2)
loss, acc = model.evaluate(x_test, test_y, verbose=0)
print(f"test loss {loss:.3f}  test accuracy {acc:.3f}")
