from sklearn.datasets import load_breast_cancer
from sklearn.model_selection import StratifiedKFold
from sklearn.metrics import confusion_matrix, f1_score
from sklearn.preprocessing import RobustScaler
import numpy as np
import keras

keras.utils.set_random_seed(123)
data = load_breast_cancer()
X, y = data.data, data.target

oof = np.zeros(len(y), dtype=int)
for train_ix, test_ix in StratifiedKFold(3, shuffle=True, random_state=0).split(X, y):
    rs = RobustScaler()
    xa = rs.fit_transform(X[train_ix])
    xb = rs.transform(X[test_ix])
    net = keras.Sequential()
    net.add(keras.Input((30,)))
    net.add(keras.layers.Dense(16, activation="relu"))
    net.add(keras.layers.Dropout(0.2))
    net.add(keras.layers.Dense(1, activation="sigmoid"))
    net.compile(optimizer=keras.optimizers.Adam(5e-3), loss="binary_crossentropy")
    h = net.fit(xa, y[train_ix], batch_size=32, epochs=15, verbose=0, validation_data=(xb, y[test_ix]))
    print("fold  loss %.3f  val_loss %.3f" % (h.history["loss"][-1], h.history["val_loss"][-1]))
    oof[test_ix] = net.predict(xb, verbose=0).astype(int).ravel()

print(confusion_matrix(y, oof))
print("accuracy %.3f   F1 %.3f" % ((oof == y).mean(), f1_score(y, oof)))
