import numpy as np
import pandas as pd
import keras
from sklearn.datasets import load_digits
from sklearn.metrics import accuracy_score, classification_report
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import LabelEncoder, MinMaxScaler

keras.utils.set_random_seed(1)
words = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
raw = load_digits(as_frame=True).frame
raw["word"] = raw.pop("target").map(lambda k: words[k]).astype(object)

le = LabelEncoder()
raw["code"] = le.fit_transform(raw["word"])
features = raw.drop(columns=["word", "code"])
X_tr, X_te, c_tr, c_te, w_tr, w_te = train_test_split(
    features.values, raw["code"].values, raw["word"].values, test_size=0.25, random_state=3, stratify=raw["code"])
mm = MinMaxScaler()
X_tr = mm.fit_transform(X_tr)
X_te = mm.transform(X_te)

inputs = keras.Input(shape=(64,))
x = keras.layers.Dense(48, activation="relu")(inputs)
outputs = keras.layers.Dense(10, activation="softmax")(x)
clf = keras.Model(inputs, outputs)
clf.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
clf.fit(X_tr, c_tr, validation_split=0.1, epochs=30, batch_size=32, verbose=2)

class_names = le.classes_
predicted = class_names[clf.predict(X_te, verbose=0).argmax(axis=1)]
print(classification_report(w_te, predicted))
print("test accuracy", accuracy_score(w_te, predicted))
