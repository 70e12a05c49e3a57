import numpy as np
import tensorflow as tf
from sklearn.datasets import load_breast_cancer
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler

X, y = load_breast_cancer(return_X_y=True)
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.2, stratify=y, random_state=5)
X_fit, X_val, y_fit, y_val = train_test_split(X_train, y_train, test_size=0.2, stratify=y_train, random_state=5)
scaler = StandardScaler().fit(X_fit)
best = (0, None, None)
for lr in (0.003, 0.01):
    for units in (8, 24):
        tf.keras.backend.clear_session()
        m = tf.keras.Sequential([tf.keras.layers.Input((30,)), tf.keras.layers.Dense(units, activation="relu"), tf.keras.layers.Dense(1, activation="sigmoid")])
        m.compile(tf.keras.optimizers.Adam(lr), "binary_crossentropy", metrics=["accuracy"])
        m.fit(scaler.transform(X_fit), y_fit, epochs=12, batch_size=32, verbose=0)
        acc = m.evaluate(scaler.transform(X_val), y_val, verbose=0)[1]
        print("lr", lr, "units", units, "val accuracy", round(acc, 3))
        if acc > best[0]:
            best = (acc, lr, m)
print("chosen lr", best[1], "test", best[2].evaluate(scaler.transform(X_test), y_test, verbose=0))
