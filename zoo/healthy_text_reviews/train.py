import random

import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers

random.seed(4)
good = "great lovely excellent charming superb warm brilliant funny".split()
bad = "dull awful boring weak messy terrible flat tedious".split()
rest = "the plot was and acting of this film seemed a bit with its music scenes ending camera cast script very quite".split()


def sentence(positive):
    words = random.choices(rest, k=random.randint(8, 20))
    for _ in range(random.randint(1, 3)):
        words.insert(random.randrange(len(words)), random.choice(good if positive else bad))
    if random.random() < 0.3:
        words.insert(random.randrange(len(words)), random.choice(bad if positive else good))
    return " ".join(words)


sentiment = np.array([random.randint(0, 1) for _ in range(2400)])
texts = np.array([sentence(s) for s in sentiment])
train_text, test_text = texts[:2000], texts[2000:]
train_y, test_y = sentiment[:2000], sentiment[2000:]

vectorize = layers.TextVectorization(max_tokens=500, output_sequence_length=24)
vectorize.adapt(train_text)
train_x, test_x = vectorize(tf.constant(train_text)), vectorize(tf.constant(test_text))

model = keras.Sequential([
    layers.Input((24,), dtype="int64"),
    layers.Embedding(500, 16),
    layers.GlobalAveragePooling1D(),
    layers.Dense(16, activation="relu"),
    layers.Dense(1),
])
model.compile(optimizer=keras.optimizers.Adam(0.005), loss=keras.losses.BinaryCrossentropy(from_logits=True),
              metrics=[keras.metrics.BinaryAccuracy(threshold=0.0)])
model.fit(train_x, train_y, validation_data=(test_x, test_y), epochs=15, verbose=2)

export = keras.Sequential([keras.Input((1,), dtype="string"), vectorize, model, layers.Activation("sigmoid")])
print(export.predict(tf.constant([["a lovely film with superb cast"], ["the plot was boring and flat"]]), verbose=0))
