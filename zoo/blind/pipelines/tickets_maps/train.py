import numpy as np
import keras
import tensorflow as tf
from keras import layers

keras.utils.set_random_seed(12)
rng = np.random.default_rng(12)

QUEUES = {
    "billing": "invoice charge refund card amount paid twice vat",
    "network": "vpn wifi router slow offline connection dns ping",
    "hardware": "laptop screen keyboard battery broken fan dock cable",
    "account": "password login locked reset email profile mfa access",
    "printing": "printer paper toner jam queue scan duplex driver",
}
COMMON = "please help since yesterday the my not working is it and can you urgent thanks again cannot with our team".split()


def ticket(q):
    own = QUEUES[q].split()
    other = " ".join(QUEUES.values()).split()
    w = [rng.choice(own) if rng.random() < .22 else rng.choice(other) if rng.random() < .15 else rng.choice(COMMON)
         for _ in range(rng.integers(6, 20))]
    return " ".join(w)


def load(n):
    labels = rng.choice(list(QUEUES), n, p=[.3, .25, .2, .15, .1])
    return [ticket(q) for q in labels], list(labels)


def label_ids(labels):
    table = {}
    for l in labels:
        if l not in table:
            table[l] = len(table)
    return np.array([table[l] for l in labels]), table


texts, labels = load(3000)
val_texts, val_labels = load(600)

tok = layers.TextVectorization(max_tokens=400, output_mode="tf_idf")
tok.adapt(texts)
y, table = label_ids(labels)
y_val, _ = label_ids(val_labels)

ds = tf.data.Dataset.from_tensor_slices((tok(texts), y)).shuffle(3000).batch(32)
val = tf.data.Dataset.from_tensor_slices((tok(val_texts), y_val)).batch(32)

model = keras.Sequential([layers.Dense(64, activation="relu"), layers.Dropout(.3), layers.Dense(len(table), activation="softmax")])
model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(ds, validation_data=val, epochs=6, verbose=2)
