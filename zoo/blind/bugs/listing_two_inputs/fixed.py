# rating of a listing from its short text and from a few numbers
import numpy as np
import keras
from keras.layers import (Input, Embedding, GlobalAveragePooling1D, Dense, Dropout, concatenate)
from keras.models import Model
from sklearn.metrics import r2_score

keras.utils.set_random_seed(6)
np.random.seed(6)

n, vocab, maxlen = 5000, 200, 18
word_value = np.random.randn(vocab) * (np.random.rand(vocab) < .35)
texts = np.random.zipf(1.4, (n, maxlen)) % vocab
text_score = word_value[texts].mean(1)
text_score = (text_score - text_score.mean()) / text_score.std()

price = np.random.lognormal(4.3, .5, n)
dist = np.random.gamma(2, 2.5, n)
beds = np.random.randint(1, 6, n)
tab = np.stack([np.log(price), np.log1p(dist), beds], 1)
tab = (tab - tab.mean(0)) / tab.std(0)
rating = 3.6 + .25 * text_score - .45 * tab[:, 0] * (tab[:, 1] > -.2) - .4 * np.tanh(tab[:, 1]) + .2 * tab[:, 2] \
    + np.random.randn(n) * .18

idx = np.random.permutation(n)
trn, tst = idx[:4000], idx[4000:]
t_mean = rating[trn].mean()

# text part
input_text = Input(shape=(maxlen,), name='text')
x1 = Embedding(vocab, 16)(input_text)
x1 = GlobalAveragePooling1D()(x1)
x1 = Dense(32, activation='relu')(x1)
# tabular part
input_tab = Input(shape=(3,), name='tab')
x2 = Dense(32, activation='relu')(input_tab)
x2 = Dense(32, activation='relu')(x2)

x = concatenate([x1, x2])
x = Dense(32, activation='relu')(x)
x = Dropout(0.1)(x)
output = Dense(1)(x)
model = Model(inputs=[input_text, input_tab], outputs=output)
model.compile(loss='mean_squared_error', optimizer=keras.optimizers.Adam(0.002))
print(model.count_params())

model.fit({'text': texts[trn], 'tab': tab[trn]}, rating[trn] - t_mean, batch_size=64, epochs=14, verbose=2,
          validation_data=({'text': texts[tst], 'tab': tab[tst]}, rating[tst] - t_mean))
p = model.predict({'text': texts[tst], 'tab': tab[tst]}, verbose=0).ravel() + t_mean
print('r2', r2_score(rating[tst], p), 'rmse', np.sqrt(np.mean((p - rating[tst]) ** 2)))
