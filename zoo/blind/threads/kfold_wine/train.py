import numpy as np
import tensorflow as tf
from sklearn.datasets import load_wine
from sklearn.model_selection import StratifiedKFold
from sklearn.preprocessing import StandardScaler

X, y = load_wine(return_X_y=True)
y = tf.keras.utils.to_categorical(y)
tf.keras.utils.set_random_seed(100)


def create_model():
    model = tf.keras.models.Sequential()
    model.add(tf.keras.layers.Input(shape=(13,)))
    model.add(tf.keras.layers.Dense(10, activation="relu"))
    model.add(tf.keras.layers.Dense(10, activation="relu"))
    model.add(tf.keras.layers.Dense(3, activation="softmax"))
    model.compile(loss="categorical_crossentropy", optimizer="adam", metrics=["accuracy"])
    return model


scores = []
kf = StratifiedKFold(n_splits=3, shuffle=True, random_state=7)
for fold, (train_index, test_index) in enumerate(kf.split(X, y.argmax(1))):
    scaler = StandardScaler()
    X_train = scaler.fit_transform(X[train_index])
    X_test = scaler.transform(X[test_index])
    model = create_model()
    h = model.fit(X_train, y[train_index], epochs=4, batch_size=16, verbose=0)
    _, acc = model.evaluate(X_test, y[test_index], verbose=0)
    print(f"Fold {fold}: loss {h.history['loss'][-1]:.3f} train acc {h.history['accuracy'][-1]:.3f} test acc {acc:.3f}")
    scores.append(acc)
print("Mean accuracy: %.2f%% (+/- %.2f%%)" % (100 * np.mean(scores), 100 * np.std(scores)))
