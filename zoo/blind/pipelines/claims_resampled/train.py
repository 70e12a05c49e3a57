import numpy as np
import pandas as pd
import keras
from keras import layers
from sklearn.datasets import make_classification
from sklearn.metrics import confusion_matrix, f1_score
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler
from sklearn.utils import resample

keras.utils.set_random_seed(0)

# insurance claims, few of them fraudulent
X, y = make_classification(n_samples=5000, n_features=24, n_informative=8, n_redundant=4, n_clusters_per_class=3,
                           weights=[0.95], class_sep=0.9, flip_y=0.04, random_state=0)
df = pd.DataFrame(X, columns=[f"f{i}" for i in range(X.shape[1])])
df["fraud"] = y


def balance(frame):
    major = frame[frame.fraud == 0]
    minor = frame[frame.fraud == 1]
    minor = resample(minor, replace=True, n_samples=len(major), random_state=0)
    return pd.concat([major, minor]).sample(frac=1, random_state=0)


df = balance(df)
train, test = train_test_split(df, test_size=0.25, random_state=0, stratify=df.fraud)

scaler = StandardScaler().fit(train.drop(columns="fraud"))
x_train, y_train = scaler.transform(train.drop(columns="fraud")), train.fraud.values
x_test, y_test = scaler.transform(test.drop(columns="fraud")), test.fraud.values

model = keras.Sequential()
model.add(keras.Input((x_train.shape[1],)))
model.add(layers.Dense(64, activation="relu"))
model.add(layers.Dropout(0.2))
model.add(layers.Dense(32, activation="relu"))
model.add(layers.Dense(1, activation="sigmoid"))
model.compile(loss="binary_crossentropy", optimizer="adam", metrics=["accuracy"])
model.fit(x_train, y_train, validation_data=(x_test, y_test), epochs=25, batch_size=64, verbose=2)

y_hat = (model.predict(x_test, verbose=0) > 0.5).astype(int).ravel()
print(confusion_matrix(y_test, y_hat))
print("F1:", f1_score(y_test, y_hat))
