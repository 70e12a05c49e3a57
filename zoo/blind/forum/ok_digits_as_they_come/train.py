import keras
import pandas as pd
from sklearn.datasets import load_digits
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import classification_report
from sklearn.model_selection import train_test_split

keras.utils.set_random_seed(4)
frame = load_digits(as_frame=True).frame
y = frame.pop("target")
X_train, X_test, y_train, y_test = train_test_split(frame, y, test_size=0.2, stratify=y, random_state=4)

model = keras.Sequential([
    keras.layers.Input((64,)),
    keras.layers.Dense(64, activation="relu"),
    keras.layers.Dropout(0.2),
    keras.layers.Dense(10, activation="softmax"),
])
model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(X_train.values, y_train.values, epochs=40, batch_size=32, validation_data=(X_test.values, y_test.values), verbose=2)
print(classification_report(y_test, model.predict(X_test.values, verbose=0).argmax(1)))
print("logistic regression", LogisticRegression(max_iter=3000).fit(X_train / 16, y_train).score(X_test / 16, y_test))
