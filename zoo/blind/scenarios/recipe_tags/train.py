import numpy as np
import tensorflow as tf
from sklearn.metrics import f1_score, label_ranking_average_precision_score
from sklearn.preprocessing import MultiLabelBinarizer

tf.keras.utils.set_random_seed(33)
rng = np.random.default_rng(33)
TAGS = ["baking", "grill", "soup", "spicy", "sweet", "vegan"]
rates = np.array([0.25, 0.12, 0.15, 0.2, 0.25, 0.08])
words = np.array(["w%03d" % i for i in range(400)])
topic = rng.dirichlet(np.full(400, 0.08), len(TAGS))
common = rng.dirichlet(np.full(400, 0.8))


def recipe():
    on = rng.random(len(TAGS)) < rates
    p = common + 0.45 * topic[on].sum(0)
    return " ".join(rng.choice(words, rng.integers(25, 50), p=p / p.sum())), [t for t, o in zip(TAGS, on) if o]


texts, tags = zip(*[recipe() for _ in range(5000)])
Y = MultiLabelBinarizer(classes=TAGS).fit_transform(tags).astype("float32")
texts = np.array(texts)
vec = tf.keras.layers.TextVectorization(max_tokens=400, output_mode="tf_idf")
vec.adapt(texts[:3600])
X = np.concatenate([vec(tf.constant(c)).numpy() for c in np.array_split(texts, 5)])

inp = tf.keras.Input((X.shape[1],))
h = tf.keras.layers.Dropout(0.3)(inp)
h = tf.keras.layers.Dense(48, activation="relu")(h)
h = tf.keras.layers.Dropout(0.3)(h)
net = tf.keras.Model(inp, tf.keras.layers.Dense(len(TAGS))(h))
net.compile(optimizer=tf.keras.optimizers.Adam(1e-3), loss=tf.keras.losses.BinaryCrossentropy(from_logits=True))
net.fit(X[:3600], Y[:3600], validation_data=(X[3600:4200], Y[3600:4200]), epochs=10, batch_size=32, verbose=2)

val, test = net.predict(X[3600:4200], verbose=0), net.predict(X[4200:], verbose=0)
cuts = np.array([max(np.linspace(-3, 2, 41), key=lambda c: f1_score(Y[3600:4200, k], val[:, k] > c)) for k in range(len(TAGS))])
print("logit thresholds", cuts.round(2))
print("macro F1 %.3f" % f1_score(Y[4200:], test > cuts, average="macro"))
print("LRAP %.3f" % label_ranking_average_precision_score(Y[4200:], test))
