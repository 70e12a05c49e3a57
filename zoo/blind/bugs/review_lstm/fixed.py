import numpy as np
import keras
from keras.models import Sequential
from keras.layers import Embedding, LSTM, Dense
from keras.utils import pad_sequences

keras.utils.set_random_seed(19)
rng = np.random.default_rng(19)

words = ['pad'] + ['w%d' % i for i in range(1, 60)] + ['not', 'good', 'great', 'love', 'bad', 'awful', 'boring', 'nice', 'poor']
ids = {w: i for i, w in enumerate(words)}
POS, NEG = ['good', 'great', 'love', 'nice'], ['bad', 'awful', 'boring', 'poor']


def review():
    n = rng.integers(5, 16)
    toks, score = [], 0
    for _ in range(n):
        r = rng.random()
        if r < .25:
            positive = rng.random() < .5
            neg = rng.random() < .35
            if neg:
                toks.append('not')
            toks.append(rng.choice(POS if positive else NEG))
            score += (1 if positive else -1) * (-1 if neg else 1)
        else:
            toks.append('w%d' % rng.integers(1, 60))
    return toks, score


seqs, lab = [], []
while len(seqs) < 4000:
    t, s = review()
    if s != 0:
        seqs.append([ids[w] for w in t])
        lab.append(int(s > 0))
lab = np.array(lab)
lab = np.where(rng.random(len(lab)) < .04, 1 - lab, lab)
max_length = 80
padded = pad_sequences(seqs, maxlen=max_length, padding='post')
print(padded[0], lab[:20], lab.mean())
xtr, xte, ytr, yte = padded[:3200], padded[3200:], lab[:3200], lab[3200:]

model = Sequential()
model.add(Embedding(len(words), 16, mask_zero=True))
model.add(LSTM(24))
model.add(Dense(1, activation='sigmoid'))
model.compile(loss='binary_crossentropy', optimizer=keras.optimizers.Adam(0.003), metrics=['accuracy'])
model.fit(xtr, ytr, epochs=8, batch_size=64, validation_data=(xte, yte), verbose=2)
pp = model.predict(xte, verbose=0)
print(pp[:10].ravel(), 'min', pp.min(), 'max', pp.max())
