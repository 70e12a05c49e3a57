import pandas as pd
import keras
from sklearn.datasets import load_iris
from sklearn.utils import shuffle

keras.utils.set_random_seed(1)
iris = load_iris(as_frame=True)
df = iris.frame
df = shuffle(df, random_state=1)
X = df.drop(columns="target").to_numpy("float32")
Y = pd.get_dummies(df["target"]).to_numpy("float32")
X = (X - X.mean(axis=0)) / X.std(axis=0)

model = keras.models.Sequential()
model.add(keras.layers.Input((4,)))
model.add(keras.layers.Dense(16, activation="relu"))
model.add(keras.layers.Dense(3, activation="softmax"))
model.compile(loss="categorical_crossentropy", optimizer=keras.optimizers.Adam(0.01), metrics=["accuracy"])
model.fit(X, Y, epochs=40, batch_size=10, validation_split=0.33, verbose=2)
