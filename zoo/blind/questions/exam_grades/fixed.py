import numpy as np
import keras

keras.utils.set_random_seed(4)
rng = np.random.default_rng(4)
n = 1000
hours = rng.uniform(0, 10, n)
sleep = rng.normal(7, 1, n)
score = hours + 0.8 * (sleep - 7) + rng.normal(0, 0.5, n)
grade = np.digitize(score, [2.5, 5, 7.5]) + 1      # grades 1 (worst) to 4
X = np.stack([(hours - 5) / 3, sleep - 7], axis=1)
print("grades", np.unique(grade, return_counts=True))

model = keras.Sequential()
model.add(keras.Input((2,)))
model.add(keras.layers.Dense(16, activation="relu"))
model.add(keras.layers.Dense(4, activation="softmax"))
model.compile(loss=keras.losses.SparseCategoricalCrossentropy(), optimizer=keras.optimizers.Adam(0.01), metrics=["accuracy"])
model.fit(X, grade - 1, epochs=20, validation_split=0.2, verbose=2)
