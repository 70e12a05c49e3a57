import numpy as np
import tensorflow as tf
import keras

keras.utils.set_random_seed(71)
rng = np.random.default_rng(71)
topics = ["politics", "sport", "tech", "culture", "health", "travel"]
V, D = 300, 4000
word_p = rng.dirichlet(np.full(V, 0.08), size=len(topics))
common = rng.dirichlet(np.full(V, 0.5))
label = rng.choice(len(topics), D, p=[0.1, 0.25, 0.2, 0.15, 0.2, 0.1])
docs = np.stack([rng.multinomial(rng.integers(20, 60), 0.35 * word_p[k] + 0.65 * common) for k in label])
tfidf = docs * np.log((1 + D) / (1 + (docs > 0).sum(0)))
tfidf = (tfidf / np.linalg.norm(tfidf, axis=1, keepdims=True)).astype("float32")
label = label.reshape(-1, 1)


def as_dataset(a, b, train):
    ds = tf.data.Dataset.from_tensor_slices((a, b))
    if train:
        ds = ds.shuffle(4000, seed=2)
    return ds.batch(64).prefetch(1)


train = as_dataset(tfidf[:3200], label[:3200], True)
test = as_dataset(tfidf[3200:], label[3200:], False)

model = keras.Sequential(name="bow")
model.add(keras.Input((V,)))
model.add(keras.layers.Dense(64, activation="relu"))
model.add(keras.layers.Dropout(0.4))
model.add(keras.layers.Dense(len(topics), activation="softmax"))
model.compile(keras.optimizers.Adam(1e-3), keras.losses.SparseCategoricalCrossentropy(),
              metrics=[keras.metrics.CategoricalAccuracy(name="topic_accuracy")])
model.fit(train, epochs=10, validation_data=test, verbose=2)
print("evaluation:", model.evaluate(test, return_dict=True, verbose=0))
