import tensorflow as tf
from sklearn.datasets import load_diabetes
from sklearn.metrics import r2_score
from sklearn.model_selection import train_test_split

X, y = load_diabetes(return_X_y=True)
X = X / X.std(axis=0)
y = y * 1000.0
X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=13, test_size=0.25)
offset, unit = y_train.mean(), y_train.std()

model = tf.keras.models.Sequential()
model.add(tf.keras.layers.Input((10,)))
model.add(tf.keras.layers.Dense(20, activation="tanh"))
model.add(tf.keras.layers.Dense(1))
model.compile(loss="mean_squared_error", optimizer=tf.keras.optimizers.RMSprop(0.005))
model.fit(X_train, (y_train - offset) / unit, epochs=50, batch_size=16, verbose=0)
print("R2:", r2_score(y_test, model.predict(X_test, verbose=0)[:, 0] * unit + offset))
