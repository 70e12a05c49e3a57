import numpy as np
from sklearn.datasets import load_breast_cancer
from sklearn.metrics import accuracy_score, confusion_matrix, classification_report
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler
from tensorflow import keras
from tensorflow.keras.layers import Dense, Dropout

keras.utils.set_random_seed(10)

cancer = load_breast_cancer()
X_train, X_test, y_train, y_test = train_test_split(cancer.data, cancer.target, test_size=0.25, random_state=10)
ss = StandardScaler()
X_train = ss.fit_transform(X_train)
X_test = ss.transform(X_test)

clf = keras.Sequential([
    keras.Input(shape=(30,)),
    Dense(16, activation="relu"),
    Dropout(0.3),
    Dense(1, activation="sigmoid"),
])
clf.compile(optimizer=keras.optimizers.Adam(0.003), loss="binary_crossentropy", metrics=["accuracy"])
clf.fit(X_train, y_train, batch_size=16, epochs=20, validation_data=(X_test, y_test), verbose=2)

y_pred = clf.predict(X_test, verbose=0)
y_pred = (y_pred[:, 0] > 0.5).astype(int)
print("Accuracy:", accuracy_score(y_test, y_pred))
print(confusion_matrix(y_test, y_pred))
print(classification_report(y_test, y_pred, target_names=cancer.target_names, zero_division=0))
