import numpy as np
import tensorflow as tf
from sklearn.metrics import f1_score

tf.keras.utils.set_random_seed(52)
rng = np.random.default_rng(52)

vocab = {"war": "soldier front battle army siege captain".split(), "love": "kiss wedding heart letter bride romance".split(),
         "crime": "murder detective heist police gang trial".split(), "space": "planet orbit alien ship signal crew".split(),
         "family": "mother son farm village sister home".split()}
tags = list(vocab)
share = np.array([.15, .35, .25, .1, .4])
common = "a the in one old young man woman who must find before when town year story lost secret city night".split()


def blurb():
    y = (rng.random(5) < share).astype("float32")
    out = []
    for _ in range(rng.integers(15, 35)):
        u = rng.random()
        if y.any() and u < 0.22:
            out.append(rng.choice(vocab[tags[rng.choice(np.flatnonzero(y))]]))
        elif u < 0.29:
            out.append(rng.choice(vocab[tags[rng.integers(5)]]))
        else:
            out.append(rng.choice(common))
    return " ".join(out), y


texts, Y = zip(*[blurb() for _ in range(5000)])
texts, Y = np.array(texts), np.array(Y)
ds = lambda a, b: tf.data.Dataset.from_tensor_slices((texts[a:b], Y[a:b]))

vectorizer = tf.keras.layers.TextVectorization(max_tokens=300, output_mode="count")
vectorizer.adapt(texts[:4000])
prep = lambda t, y: (vectorizer(t), y)
train = ds(0, 4000).shuffle(4000).batch(64).map(prep).prefetch(2)
val = ds(4000, 4500).batch(100).map(prep)
test = ds(4500, 5000).batch(100).map(prep)

model = tf.keras.Sequential([
    tf.keras.layers.Input((vectorizer.vocabulary_size(),)),
    tf.keras.layers.Dense(48, activation="relu"),
    tf.keras.layers.Dropout(0.4),
    tf.keras.layers.Dense(5, activation="sigmoid"),
])
model.compile(optimizer=tf.keras.optimizers.Adam(2e-3), loss="binary_crossentropy",
              metrics=[tf.keras.metrics.AUC(multi_label=True, name="auc")])
model.fit(train, validation_data=val, epochs=12, verbose=2)

pv, yv = model.predict(val, verbose=0), Y[4000:4500]
grid = np.linspace(.2, .7, 21)
cut = np.array([grid[np.argmax([f1_score(yv[:, k], pv[:, k] > g) for g in grid])] for k in range(5)])
pt = model.predict(test, verbose=0) > cut
for k, t in enumerate(tags):
    print(t, "threshold %.2f f1 %.3f" % (cut[k], f1_score(Y[4500:, k], pt[:, k])))
