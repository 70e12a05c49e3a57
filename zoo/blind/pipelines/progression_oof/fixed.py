import numpy as np
import pandas as pd
import keras
from keras import layers
from sklearn.datasets import load_diabetes
from sklearn.metrics import mean_squared_error, r2_score
from sklearn.model_selection import KFold
from sklearn.preprocessing import StandardScaler

SEED = 10
keras.utils.set_random_seed(SEED)


def get_net(n):
    m = keras.Sequential([
        layers.Input((n,)),
        layers.Dense(16, activation="relu"),
        layers.Dense(8, activation="relu"),
        layers.Dense(1),
    ])
    m.compile(optimizer=keras.optimizers.Adam(0.004), loss="mse")
    return m


X, y = load_diabetes(return_X_y=True, as_frame=True)

oof = []
for k, (a, b) in enumerate(KFold(4, shuffle=True, random_state=SEED).split(X)):
    sx = StandardScaler().fit(X.iloc[a])
    m, s = y.iloc[a].mean(), y.iloc[a].std()
    net = get_net(X.shape[1])
    h = net.fit(sx.transform(X.iloc[a]), (y.iloc[a] - m) / s, epochs=12, batch_size=16, verbose=0,
                validation_data=(sx.transform(X.iloc[b]), (y.iloc[b] - m) / s))
    print("fold", k, "val loss", round(h.history["val_loss"][-1], 3))
    p = net.predict(sx.transform(X.iloc[b]), verbose=0).ravel() * s + m
    oof.append(pd.Series(p, index=b))

oof = pd.concat(oof)
pred = oof.sort_index().to_numpy()
print("OOF rmse", mean_squared_error(y, pred) ** 0.5, "R2", r2_score(y, pred), "std of y", y.std())
