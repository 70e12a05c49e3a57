import numpy as np
import tensorflow as tf
import keras
from sklearn.metrics import precision_score, recall_score, f1_score

keras.utils.set_random_seed(5)
rng = np.random.default_rng(5)

N, V, T = 5000, 300, 8
# bag-of-words: every tag favours some words
topic_words = rng.dirichlet(np.full(V, 0.05), size=T)
tags = (rng.random((N, T)) < np.array([.3, .25, .22, .2, .18, .15, .25, .3])).astype("float32")
bow = np.zeros((N, V), "float32")
background = rng.dirichlet(np.full(V, 1.0))
for i in range(N):
    w = background + 0.25 * tags[i] @ topic_words
    bow[i] = rng.multinomial(rng.integers(20, 50), w / w.sum())
X = np.log1p(bow)

xtr, ytr, xte, yte = X[:4000], tags[:4000], X[4000:], tags[4000:]
ds = tf.data.Dataset.from_tensor_slices((xtr, ytr)).shuffle(4000, seed=1).batch(64)

model = keras.Sequential([
    keras.layers.Input((V,)),
    keras.layers.Dense(48, activation="relu"),
    keras.layers.Dropout(0.4),
    keras.layers.Dense(T, activation="sigmoid"),
])
opt = keras.optimizers.Adam(1e-3)


def loss_fn(y, out):
    return tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(labels=y, logits=out))


@tf.function
def train_step(xb, yb):
    with tf.GradientTape() as tape:
        out = model(xb, training=True)
        loss = loss_fn(yb, out)
    grads = tape.gradient(loss, model.trainable_variables)
    opt.apply_gradients(zip(grads, model.trainable_variables))
    return loss


for epoch in range(20):
    losses = []
    for xb, yb in ds:
        losses.append(float(train_step(xb, yb)))
    pr = (model(xte).numpy() > 0.5).astype(int)
    print(f"epoch {epoch + 1}: loss {np.mean(losses):.4f}  "
          f"precision {precision_score(yte, pr, average='micro', zero_division=0):.3f} "
          f"recall {recall_score(yte, pr, average='micro'):.3f} f1 {f1_score(yte, pr, average='micro'):.3f}")
print("tags per document: true", yte.sum(1).mean(), "predicted", pr.sum(1).mean())
