import tensorflow as tf
from tensorflow.keras import layers
import random

random.seed(2)
sports = ["goal", "match", "league", "coach", "player"]
money = ["market", "bank", "stocks", "profit", "trade"]
filler = ["today", "report", "people", "new", "after", "week", "city", "says"]


def headline(topic):
    return " ".join(random.sample(filler, 4) + random.sample((sports, money)[topic], 2))


topics = [random.randint(0, 1) for _ in range(1600)]
lines = [headline(t) for t in topics]
vectorizer = layers.TextVectorization(max_tokens=200, output_sequence_length=8)
vectorizer.adapt(lines[:1300])
x = vectorizer(tf.constant(lines))
y = tf.constant(topics)
model = tf.keras.Sequential([
    layers.Input((8,), dtype="int64"),
    layers.Embedding(200, 8),
    layers.GlobalAveragePooling1D(),
    layers.Dense(1, activation="sigmoid"),
])
model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
model.fit(x[:1300], y[:1300], epochs=15, validation_data=(x[1300:], y[1300:]), verbose=2)
