from sklearn.feature_extraction.text import TfidfVectorizer
import keras
import numpy as np

rng = np.random.default_rng(1)
topics = {
    0: "engine wheel brake gear driver road fuel tyre".split(),
    1: "oven flour sugar butter bake dough salt yeast".split(),
    2: "server disk network kernel cache thread packet socket".split(),
}
common = "the a we it with for from then when good old this that very".split()
docs, labels = [], []
for _ in range(1500):
    k = int(rng.integers(3))
    words = list(rng.choice(common, 12)) + list(rng.choice(topics[k], 3)) + list(rng.choice(topics[int(rng.integers(3))], 1))
    rng.shuffle(words)
    docs.append(" ".join(words))
    labels.append(k)
labels = np.array(labels)
vec = TfidfVectorizer()
train = vec.fit_transform(docs[:1200]).toarray()
test = vec.transform(docs[1200:]).toarray()
model = keras.Sequential([keras.Input((train.shape[1],)), keras.layers.Dense(16, activation="relu"), keras.layers.Dense(3, activation="softmax")])
model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(train, labels[:1200], epochs=20, batch_size=32, verbose=0)
print("test", model.evaluate(test, labels[1200:], verbose=0))
