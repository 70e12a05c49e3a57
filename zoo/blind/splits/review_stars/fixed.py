import os
import tempfile

import numpy as np
import tensorflow as tf
import keras
from keras import layers
from sklearn.metrics import confusion_matrix, f1_score

keras.utils.set_random_seed(22)
rng = np.random.default_rng(22)
root = tempfile.mkdtemp()

good = "great lovely perfect happy solid quick excellent comfortable worth recommend sturdy bright".split()
bad = "poor broken awful slow disappointed cheap refund flimsy noisy useless worse wrong".split()
plain = "the it a box and my phone was after week kettle lamp chair with on this for daily very bought as gift".split()


def write_reviews(part, n):
    for label, own, other in (("neg", bad, good), ("pos", good, bad)):
        os.makedirs(os.path.join(root, part, label))
        for i in range(n):
            words = []
            for _ in range(rng.integers(12, 30)):
                u = rng.random()
                pool = own if u < .13 else other if u < .18 else plain
                words.append(rng.choice(pool))
                if pool is other and rng.random() < .4:
                    words.insert(-1, "not")
            with open(os.path.join(root, part, label, f"{i}.txt"), "w") as f:
                f.write(" ".join(words))


write_reviews("train", 1000)
write_reviews("test", 300)

train_ds = keras.utils.text_dataset_from_directory(os.path.join(root, "train"), batch_size=32, seed=1)
test_ds = keras.utils.text_dataset_from_directory(os.path.join(root, "test"), batch_size=32, shuffle=False)

vectorize = layers.TextVectorization(max_tokens=500, output_sequence_length=30)
vectorize.adapt(train_ds.map(lambda t, y: t))
train_ds = train_ds.map(lambda t, y: (vectorize(t), y))
test_ds = test_ds.map(lambda t, y: (vectorize(t), y))

model = keras.Sequential([
    layers.Input((30,), dtype="int64"),
    layers.Embedding(500, 16, mask_zero=True),
    layers.GlobalAveragePooling1D(),
    layers.Dropout(0.2),
    layers.Dense(16, activation="relu"),
    layers.Dense(1, activation="sigmoid"),
])
model.compile(keras.optimizers.Adam(3e-3), "binary_crossentropy", metrics=["accuracy"])
model.fit(train_ds, validation_data=test_ds, epochs=10, verbose=2)

scores = model.predict(test_ds, verbose=0)
y_pred = (scores > 0.5).astype(int).ravel()
y_true = np.concatenate([y.numpy() for _, y in test_ds])
print(confusion_matrix(y_true, y_pred))
print("f1", f1_score(y_true, y_pred))
