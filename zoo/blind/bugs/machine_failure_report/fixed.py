import numpy as np
import pandas as pd
from keras import Input, Model, utils, optimizers
from keras.layers import Dense, Conv1D, GlobalMaxPooling1D, Concatenate
from sklearn.metrics import accuracy_score, precision_score, recall_score, f1_score

utils.set_random_seed(13)
rng = np.random.default_rng(13)

N = 3000
fail = rng.random(N) < .35
vib = rng.normal(0, .5, (N, 80))
for i in np.where(fail)[0]:
    if rng.random() < .8:
        k = rng.integers(3, 70)
        vib[i, k:k + 8] += rng.uniform(.9, 2.2) * np.sin(np.arange(8) * 1.6)
meta = pd.DataFrame({'age': rng.gamma(3, 2, N) + 1.2 * fail, 'rpm': rng.normal(1500, 120, N) + 50 * fail, 'oil': rng.normal(60, 8, N)})
meta = (meta - meta.mean()) / meta.std()
y = fail.astype(int)

i1, i2 = Input((80, 1)), Input((3,))
c = Conv1D(24, 8, activation='relu')(i1)
c = GlobalMaxPooling1D()(c)
d = Dense(16, activation='relu')(i2)
z = Dense(24, activation='relu')(Concatenate()([c, d]))
net = Model([i1, i2], Dense(1, activation='sigmoid')(z))
net.compile(optimizer=optimizers.Adam(0.002), loss='binary_crossentropy')

tr = rng.permutation(N) < 2250
h = net.fit([vib[tr][..., None], meta[tr].values], y[tr], epochs=12, batch_size=32, verbose=2)

prediction = net.predict([vib[~tr][..., None], meta[~tr].values], verbose=0)
y_hat = (prediction[:, 0] > 0.5).astype(int)
for f in (accuracy_score, precision_score, recall_score, f1_score):
    kw = {} if f is accuracy_score else {'zero_division': 0}
    print(f.__name__, round(f(y[~tr], y_hat, **kw), 4))
