import numpy as np
import keras
from sklearn.datasets import make_classification
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler

keras.utils.set_random_seed(77)
X, y = make_classification(n_samples=6000, n_features=20, n_informative=8, n_redundant=4, n_classes=3, n_clusters_per_class=2,
                           class_sep=1.4, flip_y=0.02, random_state=77)
X_train, X_val, y_train, y_val = train_test_split(X, y, test_size=0.2, random_state=1)
ss = StandardScaler().fit(X_train)
X_train, X_val = ss.transform(X_train), ss.transform(X_val)

ACT = "relu"
layers_cfg = [64, 64, 32, 32, 32, 16, 16]
inp = keras.layers.Input(shape=(20,))
h = inp
for n in layers_cfg:
    h = keras.layers.Dense(n, activation=ACT)(h)
out = keras.layers.Dense(3, activation="softmax")(h)
model = keras.models.Model(inp, out)
model.compile(optimizer=keras.optimizers.SGD(learning_rate=0.02, momentum=0.9), loss="sparse_categorical_crossentropy", metrics=["acc"])
hist = model.fit(X_train, y_train, validation_data=(X_val, y_val), epochs=12, batch_size=32, verbose=0)
for e in range(12):
    print(e, *("%s=%.4f" % (k, v[e]) for k, v in hist.history.items()))
