import numpy as np
import keras
from keras import layers
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

keras.utils.set_random_seed(15)
rng = np.random.default_rng(15)

X, truth = load_digits(return_X_y=True)
X = X / 16.0

# 7 crowd workers answered for every picture
skill = np.array([0.98, 0.95, 0.9, 0.45, 0.4, 0.3, 0.9])
votes = np.stack([np.where(rng.random(len(truth)) < s, truth, rng.integers(0, 10, len(truth))) for s in skill], 1)


def labels_from(votes):
    pick = rng.integers(0, votes.shape[1], len(votes))
    return votes[np.arange(len(votes)), pick]


y = labels_from(votes)
X_train, X_val, y_train, y_val = train_test_split(X, y, test_size=0.25, random_state=0)

model = keras.Sequential([
    layers.Input((64,)),
    layers.Dense(32, activation="relu"),
    layers.Dropout(0.4),
    layers.Dense(10, activation="softmax"),
])
model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(X_train, y_train, validation_data=(X_val, y_val), epochs=30, batch_size=32, verbose=2)
print("validation", model.evaluate(X_val, y_val, verbose=0))
