import numpy as np
import keras
from keras import layers
from sklearn.metrics import classification_report

keras.utils.set_random_seed(5)
rng = np.random.RandomState(5)

GOOD = "great lovely sturdy quick perfect comfortable bright reliable recommend happy soft quiet".split()
BAD = "broken cheap slow noisy refund disappointed flimsy scratched leaking useless late rough".split()
NEUTRAL = ("the a it this my for with and was is box bought ordered price colour size kitchen chair lamp kettle "
           "week month daughter husband office again looks very quite arrived package delivery product").split()


def write_review(label):
    n = rng.randint(8, 25)
    words = []
    for _ in range(n):
        u = rng.rand()
        if u < 0.16:
            words.append(rng.choice(GOOD if label else BAD))
        elif u < 0.22:
            words.append(rng.choice(BAD if label else GOOD))
        else:
            words.append(rng.choice(NEUTRAL))
    return " ".join(words)


def corpus(n):
    y = rng.randint(0, 2, n)
    return np.array([write_review(l) for l in y]), y.astype("float32")


train_texts, y_train = corpus(4000)
test_texts, y_test = corpus(800)


def encode(texts, max_len=24):
    vec = layers.TextVectorization(max_tokens=500, output_sequence_length=max_len)
    vec.adapt(texts)
    return vec(texts).numpy(), vec


x_train, vec = encode(train_texts)
x_test = vec(test_texts).numpy()

inp = keras.Input((24,), dtype="int64")
h = layers.Embedding(vec.vocabulary_size(), 16, mask_zero=True)(inp)
h = layers.GlobalAveragePooling1D()(h)
h = layers.Dense(16, activation="relu")(h)
out = layers.Dense(1, activation="sigmoid")(h)
model = keras.Model(inp, out)
model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
model.fit(x_train, y_train, validation_data=(x_test, y_test), epochs=8, batch_size=64, verbose=2)

pred = (model.predict(x_test, verbose=0)[:, 0] > 0.5).astype(int)
print(classification_report(y_test.astype(int), pred, digits=3))
