import numpy as np
import keras
from keras import layers
from sklearn.datasets import load_diabetes
from sklearn.linear_model import LinearRegression
from sklearn.model_selection import KFold

keras.utils.set_random_seed(40)
X, y = load_diabetes(return_X_y=True)
X = (X / X.std(0)).astype("float32")


def net():
    m = keras.Sequential([
        keras.Input((10,)),
        layers.Dense(8, activation="relu", kernel_regularizer=keras.regularizers.l2(0.02)),
        layers.Dense(1),
    ])
    m.compile(optimizer=keras.optimizers.Adam(0.015), loss="mse")
    return m


r2, r2lin = [], []
for i, (tr, te) in enumerate(KFold(3, shuffle=True, random_state=0).split(X)):
    mu, sd = y[tr].mean(), y[tr].std()
    ytr, yte = ((y[tr] - mu) / sd).astype("float32"), ((y[te] - mu) / sd).astype("float32")
    cut = int(.85 * len(tr))
    stop = keras.callbacks.EarlyStopping(patience=6, restore_best_weights=True)
    model = net()
    h = model.fit(X[tr[:cut]], ytr[:cut], validation_data=(X[tr[cut:]], ytr[cut:]), epochs=25, batch_size=32, callbacks=[stop], verbose=0)
    p = model.predict(X[te], verbose=0).ravel()
    r2.append(1 - np.mean((p - yte) ** 2) / yte.var())
    r2lin.append(LinearRegression().fit(X[tr], ytr).score(X[te], yte))
    print(f"fold {i}: {len(h.history['loss'])} epochs, loss {h.history['loss'][-1]:.3f}, val {min(h.history['val_loss']):.3f}, R2 {r2[-1]:.3f} (linear {r2lin[-1]:.3f})")
print("mean R2", np.mean(r2), "linear regression", np.mean(r2lin))
