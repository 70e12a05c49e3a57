import numpy as np
import pandas as pd
import keras
from keras import layers
from sklearn.datasets import load_breast_cancer
from sklearn.metrics import accuracy_score, roc_auc_score

keras.utils.set_random_seed(101)
rng = np.random.default_rng(101)

src = load_breast_cancer(as_frame=True)
df = src.frame.sample(frac=1, random_state=101).reset_index(drop=True)
# some lab values never came back
for col in ("mean texture", "worst area", "mean smoothness"):
    df.loc[rng.random(len(df)) < 0.04, col] = np.nan

features = df.drop(columns="target").dropna()
X = features.to_numpy("float32")
y = df.loc[features.index, "target"].to_numpy()

cut = int(.75 * len(X))
mu, sd = X[:cut].mean(0), X[:cut].std(0)
X = (X - mu) / sd

model = keras.Sequential([layers.Input((30,)), layers.Dense(16, activation="relu"), layers.Dense(1, activation="sigmoid")])
model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
model.fit(X[:cut], y[:cut], validation_data=(X[cut:], y[cut:]), epochs=25, batch_size=16, verbose=2)
p = model.predict(X[cut:], verbose=0).ravel()
print("accuracy", accuracy_score(y[cut:], p > .5), "auc", roc_auc_score(y[cut:], p))
