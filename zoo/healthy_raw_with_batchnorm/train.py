import numpy as np
import pandas as pd
from sklearn.datasets import load_breast_cancer
from sklearn.metrics import confusion_matrix, roc_auc_score
from sklearn.model_selection import train_test_split
from tensorflow.keras import Sequential
from tensorflow.keras.layers import BatchNormalization, Dense, Input

df = load_breast_cancer(as_frame=True).frame
X, y = df.drop(columns="target"), df["target"]
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.2, stratify=y, random_state=0)
model = Sequential([Input((30,)), BatchNormalization(), Dense(20, activation="relu"), Dense(1, activation="sigmoid")])
model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
model.fit(X_train, y_train, epochs=60, batch_size=32, verbose=0)
prob = model.predict(X_test, verbose=0)
print(confusion_matrix(y_test, (prob > 0.5).astype(int)))
print("AUC", roc_auc_score(y_test, prob))
