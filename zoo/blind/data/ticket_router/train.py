import keras
import numpy as np
import tensorflow as tf

keras.utils.set_random_seed(9)
rng = np.random.default_rng(9)
TOPICS = {
    "billing": "invoice payment refund charge card price receipt tax".split(),
    "login": "password account reset email locked token signin user".split(),
    "delivery": "parcel courier address late tracking box shipped depot".split(),
    "device": "screen battery charger broken cable warm noise button".split(),
}
FILLER = "please the my is not and help with since today a it again hello was have".split()


def tickets(n):
    labels = rng.integers(0, 4, n)
    names = list(TOPICS)
    texts = []
    for k in labels:
        w = list(rng.choice(TOPICS[names[k]], 4)) + list(rng.choice(FILLER, 6)) + list(rng.choice(TOPICS[names[rng.integers(4)]], 1))
        rng.shuffle(w)
        texts.append(" ".join(w))
    return tf.constant(texts), labels


text_a, y_a = tickets(1200)
text_b, y_b = tickets(300)
index = keras.layers.TextVectorization(max_tokens=200, output_sequence_length=12)


def encode(texts):
    index.adapt(texts)
    return index(texts).numpy()


x_a = encode(text_a)
x_b = encode(text_b)

model = keras.Sequential([
    keras.Input((12,)),
    keras.layers.Embedding(200, 16),
    keras.layers.GlobalAveragePooling1D(),
    keras.layers.Dense(16, activation="relu"),
    keras.layers.Dense(4, activation="softmax"),
])
model.compile(keras.optimizers.Adam(0.01), "sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(x_a, y_a, validation_split=0.15, epochs=8, verbose=2)
print("second month", model.evaluate(x_b, y_b, verbose=0))
