import numpy as np
import tensorflow as tf
import keras
from keras import layers
from sklearn.metrics import f1_score, recall_score, precision_score

keras.utils.set_random_seed(31)
rng = np.random.default_rng(31)

# six labels per comment, bag of 300 hashed words
V, L, N = 300, 6, 6000
base_p = np.array([.55, .35, .5, .25, .45, .4])
latent = rng.normal(size=(N, 3))
mix = rng.normal(size=(3, L)) * .7
bias = np.log(base_p / (1 - base_p))
Y = (rng.random((N, L)) < 1 / (1 + np.exp(-(latent @ mix + bias)))).astype('float32')
word_of = rng.gamma(.35, 1., (L, V))
word_of /= word_of.sum(1, keepdims=True)
noise = np.ones(V) / V
X = np.zeros((N, V), 'float32')
for i in range(N):
    lam = noise * 14 + (Y[i][:, None] * word_of).sum(0) * 11
    X[i] = rng.poisson(lam)
X = np.log1p(X)
print('labels per row', Y.sum(1).mean(), 'share', Y.mean(0))


def pipeline(x, y, training):
    ds = tf.data.Dataset.from_tensor_slices((x, y))
    if training:
        ds = ds.shuffle(4096, seed=2)
    ds = ds.batch(64)
    return ds.map(lambda a, b: (tf.math.l2_normalize(a, axis=1) * 8., b))


tr, te = pipeline(X[:4800], Y[:4800], True), pipeline(X[4800:], Y[4800:], False)
i = keras.Input((V,))
h = layers.Dense(48, activation='relu')(i)
h = layers.Dropout(.4)(h)
o = layers.Dense(L, activation='sigmoid')(h)
tagger = keras.Model(i, o)
tagger.compile(optimizer=keras.optimizers.Adam(1e-3), loss='binary_crossentropy', metrics=['binary_accuracy'])
tagger.fit(tr, validation_data=te, epochs=18, verbose=2)

P = tagger.predict(te, verbose=0) > 0.5
T = Y[4800:]
print('precision', precision_score(T, P, average='micro'), 'recall', recall_score(T, P, average='micro'))
print('f1', f1_score(T, P, average='micro'), 'exact', (P == T).all(1).mean())
