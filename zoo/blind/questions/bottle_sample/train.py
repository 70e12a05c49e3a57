import pandas as pd
import numpy as np
import keras
from sklearn.datasets import make_classification

keras.utils.set_random_seed(19)
X, y = make_classification(3000, 20, n_informative=6, n_redundant=0, n_classes=3, flip_y=0.06, class_sep=1.2, random_state=19)
frame = pd.DataFrame(X).assign(label=y)
df, unseen = frame.iloc[:900], frame.iloc[900:]

train = df.copy()
val = df.sample(frac=0.25, random_state=1)


def xy(d):
    return d.drop(columns="label").to_numpy("float32"), d["label"].to_numpy()


model = keras.Sequential([
    keras.layers.Input((20,)),
    keras.layers.Dense(128, activation="relu"),
    keras.layers.Dense(128, activation="relu"),
    keras.layers.Dense(3, activation="softmax"),
])
model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(*xy(train), validation_data=xy(val), epochs=60, batch_size=32, verbose=2,
          callbacks=[keras.callbacks.EarlyStopping(monitor="val_loss", patience=8, restore_best_weights=True)])
print("unseen bottles", model.evaluate(*xy(unseen), verbose=0))
