import numpy as np
import keras
from keras.layers import Input, Dense, Embedding, Flatten, Concatenate
from keras.models import Model

keras.utils.set_random_seed(0)
np.random.seed(0)

N = 4000
area = np.random.gamma(6, 13, N) + 15
rooms = np.clip(np.round(area / 28 + np.random.randn(N) * .7), 1, 8)
year = np.random.randint(1900, 2021, N)
district = np.random.randint(0, 12, N)
d_price = np.random.uniform(1500, 5200, 12)

sale = area * d_price[district] * (1 + 0.003 * (year - 1960)) * np.exp(np.random.randn(N) * .12) + 9000 * rooms
rent = sale / 300 * np.exp(np.random.randn(N) * .08) + 60

num = np.stack([area, rooms, year], 1)
num = (num - num.mean(0)) / num.std(0)
targets = np.stack([sale, rent], 1)
test = np.arange(N) % 5 == 0

a = Input((3,), name='numbers')
b = Input((1,), name='district')
e = Flatten()(Embedding(12, 4)(b))
z = Concatenate()([a, e])
z = Dense(64, activation='relu')(z)
z = Dense(64, activation='relu')(z)
o = Dense(2)(z)
model = Model([a, b], o)
model.compile(optimizer='adam', loss='mse', metrics=['mae'])

model.fit([num[~test], district[~test]], targets[~test], epochs=15, batch_size=64, verbose=2,
          validation_data=([num[test], district[test]], targets[test]))

pred = model.predict([num[test], district[test]], verbose=0)
true = targets[test]
for k, nm in enumerate(['sale', 'rent']):
    ss = ((true[:, k] - pred[:, k]) ** 2).sum()
    st = ((true[:, k] - true[:, k].mean()) ** 2).sum()
    print(nm, 'R2 =', 1 - ss / st)
print(pred[:4], true[:4])
