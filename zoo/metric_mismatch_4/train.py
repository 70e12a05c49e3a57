import numpy as np
import pandas as pd
from keras import Input, Sequential, layers, utils
from sklearn.metrics import average_precision_score, roc_auc_score
from sklearn.preprocessing import LabelEncoder

utils.set_random_seed(77)
rng = np.random.default_rng(77)
ponds = pd.DataFrame({"oxygen": rng.normal(8, 2, 3000), "algae": rng.gamma(2, 1.5, 3000), "depth": rng.uniform(0.5, 4, 3000)})
score = ponds.oxygen - 1.2 * ponds.algae + 0.4 * ponds.depth + rng.normal(0, 0.7, 3000)
state = pd.cut(score, [-np.inf, 3.5, 6.5, np.inf], labels=["poor", "fair", "good"]).astype(str)
names = ["poor", "fair", "good"]
coded = LabelEncoder().fit_transform(state)
inputs = ((ponds - ponds.mean()) / ponds.std()).to_numpy("float32")

model = Sequential([Input((3,)), layers.Dense(24, activation="relu"), layers.Dense(3, activation="softmax")])
model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(inputs[:2200], coded[:2200], epochs=15, validation_split=0.1, verbose=2)
chances = model.predict(inputs[2200:], verbose=0)
for name in ("good", "poor"):
    truth = (state[2200:] == name).astype(int).to_numpy()
    column = chances[:, names.index(name)]
    print(name, "area", round(roc_auc_score(truth, column), 3), "average precision", round(average_precision_score(truth, column), 3))
