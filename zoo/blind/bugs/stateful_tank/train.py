import numpy as np
import keras
from keras import layers

keras.utils.set_random_seed(70)
rng = np.random.default_rng(70)

# eight tanks logged in parallel; level depends on all former inflow
S, T, CH = 8, 4000, 50
inflow = np.zeros((S, T))
for s in range(S):
    x = 0
    for t in range(T):
        x = .95 * x + rng.normal(0, .3)
        inflow[s, t] = max(0, x)
valve = (rng.random((S, T // 40)) < .5).repeat(40, axis=1).astype(float)
level = np.zeros((S, T))
for t in range(1, T):
    level[:, t] = .985 * level[:, t - 1] + .1 * inflow[:, t] - .04 * valve[:, t] * np.sqrt(np.maximum(level[:, t - 1], 0))
feat = np.stack([(inflow - inflow.mean()) / inflow.std(), valve - .5], -1).astype('float32')
target = ((level - level[:, :3000].mean()) / level[:, :3000].std() + rng.normal(0, .08, level.shape)).astype('float32')


def chunks(lo, hi):
    X = np.concatenate([feat[:, i:i + CH] for i in range(lo, hi, CH)])
    Y = np.concatenate([target[:, i:i + CH, None] for i in range(lo, hi, CH)])
    return X, Y


Xtr, Ytr = chunks(0, 3000)
Xte, Yte = chunks(3000, 4000)
inp = keras.Input(batch_shape=(S, CH, 2))
h = layers.GRU(24, stateful=True, return_sequences=True)(inp)
out = layers.TimeDistributed(layers.Dense(1))(h)
model = keras.Model(inp, out)
model.compile(optimizer=keras.optimizers.Adam(5e-3), loss='mse')

for epoch in range(13):
    for l in model.layers:
        if hasattr(l, 'reset_states'):
            l.reset_states()
        elif hasattr(l, 'reset_state'):
            l.reset_state()
    hist = model.fit(Xtr, Ytr, batch_size=S, epochs=1, shuffle=False, verbose=0)
    if epoch % 4 == 0 or epoch == 12:
        p = model.predict(Xte, batch_size=S, verbose=0)
        print(epoch, 'train mse', hist.history['loss'][0], 'following month', ((p - Yte) ** 2).mean(), 'of variance', Yte.var())
