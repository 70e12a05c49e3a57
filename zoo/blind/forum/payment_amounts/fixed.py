import numpy as np
import tensorflow as tf
from sklearn.preprocessing import MinMaxScaler
from sklearn.model_selection import train_test_split

tf.keras.utils.set_random_seed(61)
rng = np.random.default_rng(61)
n = 6000
turnover = np.exp(rng.normal(8, 2.2, n))
debt = turnover * np.exp(rng.normal(-0.6, 1.3, n))
cash = turnover * np.exp(rng.normal(-1.2, 1.5, n))
assets = turnover * np.exp(rng.normal(0.3, 1.0, n))
z = 1.3 * (np.log(debt / assets) + 0.9) - 0.9 * (np.log(cash / debt) + 0.6) - 0.25 * (np.log(turnover) - 8)
insolvent = (rng.random(n) < 1 / (1 + np.exp(-1.6 * z))).astype("float32")
raw = np.log(np.column_stack([turnover, debt, cash, assets]))

x_train, x_test, y_train, y_test = train_test_split(raw, insolvent, test_size=0.25, random_state=61)
scaler = MinMaxScaler()
x_train = scaler.fit_transform(x_train)
x_test = scaler.transform(x_test)

model = tf.keras.Sequential([
    tf.keras.layers.Input((4,)),
    tf.keras.layers.Dense(32, activation="relu"),
    tf.keras.layers.Dense(32, activation="relu"),
    tf.keras.layers.Dense(1, activation="sigmoid"),
])
model.compile(loss="binary_crossentropy", optimizer=tf.keras.optimizers.Adam(), metrics=["accuracy"])
model.fit(x_train, y_train, epochs=15, batch_size=64, validation_data=(x_test, y_test), verbose=2)
print("test", model.evaluate(x_test, y_test, verbose=0), "majority", max(y_test.mean(), 1 - y_test.mean()))
