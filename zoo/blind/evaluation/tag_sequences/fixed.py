import numpy as np
import tensorflow as tf
import keras
from keras import layers

MAXLEN, VOCAB, TAGS = 16, 60, 5


def corpus(n, rng):
    tok = np.zeros((n, MAXLEN), "int32")
    tag = np.zeros((n, MAXLEN), "int32")
    length = rng.integers(5, MAXLEN, n)
    for i, m in enumerate(length):
        w = rng.integers(1, VOCAB, m)
        prev = np.r_[0, w[:-1]]
        t = np.where(prev % 7 == 0, 4, w % 4)
        noise = rng.uniform(size=m) < 0.03
        tok[i, :m], tag[i, :m] = w, np.where(noise, rng.integers(0, TAGS, m), t)
    return tok, tag, (length / MAXLEN).astype("float32")


class Tagger(keras.Model):
    def __init__(self):
        super().__init__()
        self.emb = layers.Embedding(VOCAB, 24)
        self.conv = layers.Conv1D(48, 3, padding="causal", activation="relu")
        self.out = layers.Dense(TAGS)
        self.loss_m = keras.metrics.Mean(name="loss")
        self.acc_m = keras.metrics.Mean(name="token_acc")

    def call(self, tok):
        return self.out(self.conv(self.emb(tok)))

    @property
    def metrics(self):
        return [self.loss_m, self.acc_m]

    def masked(self, values, frac):
        lengths = tf.cast(tf.round(frac * MAXLEN), tf.int32)
        mask = tf.sequence_mask(lengths, MAXLEN, dtype=tf.float32)
        return tf.reduce_sum(values * mask) / tf.maximum(tf.reduce_sum(mask), 1.0)

    def _pass(self, batch):
        logits = self(batch["tok"])
        ce = tf.nn.sparse_softmax_cross_entropy_with_logits(batch["tag"], logits)
        ok = tf.cast(tf.argmax(logits, -1, tf.int32) == batch["tag"], tf.float32)
        self.acc_m.update_state(ok, sample_weight=tf.cast(batch["tok"] > 0, tf.float32))
        return self.masked(ce, batch["frac"])

    def train_step(self, batch):
        with tf.GradientTape() as tape:
            loss = self._pass(batch)
        self.optimizer.apply_gradients(zip(tape.gradient(loss, self.trainable_variables), self.trainable_variables))
        self.loss_m.update_state(loss)
        return self.get_metrics_result()

    def test_step(self, batch):
        self.loss_m.update_state(self._pass(batch))
        return self.get_metrics_result()


keras.utils.set_random_seed(12)
rng = np.random.default_rng(12)
mk = lambda n: tf.data.Dataset.from_tensor_slices(dict(zip(("tok", "tag", "frac"), corpus(n, rng)))).batch(64)
train, val = mk(3000).shuffle(50), mk(600)
model = Tagger()
model.compile(optimizer=keras.optimizers.Adam(5e-3))
model.fit(train, validation_data=val, epochs=10, verbose=2)
