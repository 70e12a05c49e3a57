import numpy as np
import tensorflow as tf
from sklearn.metrics import classification_report, confusion_matrix

tf.keras.utils.set_random_seed(44)
rng = np.random.default_rng(44)
URGENT = ["down", "outage", "cannot", "login", "error", "lost", "crash", "payment", "failed", "asap"]
CALM = ["question", "invoice", "feature", "change", "update", "thanks", "maybe", "colour", "manual", "idea"]
COMMON = ["the", "we", "please", "our", "system", "account", "user", "page", "since", "today", "team", "help", "with", "app"]


def ticket():
    u = rng.random() < 0.45
    words = []
    for _ in range(rng.integers(6, 18)):
        r = rng.random()
        pool = COMMON if r > 0.3 else (URGENT if (r < 0.22) == u else CALM)
        words.append(pool[rng.integers(len(pool))])
    return " ".join(words), int(u)


texts, labels = zip(*[ticket() for _ in range(2500)])
texts, labels = np.array(texts), np.array(labels)

vec = tf.keras.layers.TextVectorization(max_tokens=100, output_mode="tf_idf")
vec.adapt(texts[:2000])
x_train, x_test = vec(texts[:2000]).numpy(), vec(texts[2000:]).numpy()

model = tf.keras.Sequential([
    tf.keras.layers.Input((x_train.shape[1],)),
    tf.keras.layers.Dense(16, activation="relu"),
    tf.keras.layers.Dense(1, activation="sigmoid"),
])
model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
model.fit(x_train, labels[:2000], epochs=10, batch_size=32, validation_split=0.1, verbose=2)

probs = model.predict(x_test, verbose=0)
classes = (probs[:, 0] > 0.5).astype(int)
print(confusion_matrix(labels[2000:], classes))
print(classification_report(labels[2000:], classes, zero_division=0))
