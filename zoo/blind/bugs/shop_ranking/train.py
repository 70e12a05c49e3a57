import numpy as np
import tensorflow as tf
import keras

SEED = 90
keras.utils.set_random_seed(SEED)
rng = np.random.default_rng(SEED)
USERS, ITEMS, K = 300, 200, 4

pu, qi = rng.normal(0, 1, (USERS, K)), rng.normal(0, 1, (ITEMS, K))
pop = rng.normal(0, 1, ITEMS)
taste = pu @ qi.T * .9 + pop
pos = []
for u in range(USERS):
    p = np.exp(taste[u] * 1.1)
    pos.append(rng.choice(ITEMS, 45, replace=False, p=p / p.sum()))
train_pos = [p[:35] for p in pos]
test_pos = [p[35:] for p in pos]
seen = np.zeros((USERS, ITEMS), bool)
for u in range(USERS):
    seen[u, train_pos[u]] = True


class MF(keras.Model):
    def __init__(self, dim=8):
        super().__init__()
        init = keras.initializers.RandomNormal(stddev=.1)
        self.u = keras.layers.Embedding(USERS, dim, embeddings_initializer=init)
        self.i = keras.layers.Embedding(ITEMS, dim, embeddings_initializer=init)
        self.b = keras.layers.Embedding(ITEMS, 1, embeddings_initializer='zeros')

    def call(self, x):
        u, i = x
        return tf.reduce_sum(self.u(u) * self.i(i), axis=1) + self.b(i)[:, 0]


mf = MF()
mf((tf.zeros(1, tf.int32), tf.zeros(1, tf.int32)))
opt_emb = keras.optimizers.Adam(3e-3)
opt_bias = keras.optimizers.SGD(.5)
emb_vars, bias_vars = [*mf.u.trainable_variables, *mf.i.trainable_variables], mf.b.trainable_variables


@tf.function
def bpr(u, i, j):
    with tf.GradientTape() as tape:
        diff = mf((u, i)) - mf((u, j))
        loss = tf.reduce_mean(tf.nn.softplus(-diff))
        reg = 3e-3 * tf.reduce_mean(mf.u(u) ** 2 + mf.i(i) ** 2 + mf.i(j) ** 2)
        total = loss + reg * 8.
    ge, gb = tape.gradient(total, [emb_vars, bias_vars])
    opt_emb.apply_gradients(zip(ge, emb_vars))
    opt_bias.apply_gradients(zip(gb, bias_vars))
    return loss


def auc():
    score = mf.u.embeddings.numpy() @ mf.i.embeddings.numpy().T + mf.b.embeddings.numpy()[:, 0]
    out = []
    for u in range(USERS):
        neg = np.ones(ITEMS, bool)
        neg[train_pos[u]] = False
        neg[test_pos[u]] = False
        out.append((score[u, test_pos[u]][:, None] > score[u, neg][None]).mean())
    return np.mean(out)


uu = np.repeat(np.arange(USERS), 35)
ii = np.concatenate(train_pos)
for epoch in range(25):
    order = rng.permutation(len(uu))
    loss = []
    for s in range(0, len(order) - 127, 128):
        k = order[s:s + 128]
        j = rng.integers(0, ITEMS, len(k))
        bad = seen[uu[k], j]
        while bad.any():
            j[bad] = rng.integers(0, ITEMS, bad.sum())
            bad = seen[uu[k], j]
        loss.append(float(bpr(uu[k].astype('int32'), ii[k].astype('int32'), j.astype('int32'))))
    if epoch % 3 == 0:
        print('epoch %d  bpr loss %.4f  test auc %.4f' % (epoch, np.mean(loss), auc()))
ideal = np.mean([(taste[u, test_pos[u]][:, None] > taste[u, ~seen[u]][None]).mean() for u in range(USERS)])
print('with the true tastes', ideal, ' popularity only', np.mean([(pop[test_pos[u]][:, None] > pop[~seen[u]][None]).mean() for u in range(USERS)]))
