import keras
from sklearn.datasets import load_diabetes
from sklearn.metrics import r2_score
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import MinMaxScaler, StandardScaler

keras.utils.set_random_seed(10)
X, y = load_diabetes(return_X_y=True)
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.25, random_state=10)
sx = MinMaxScaler((-1, 1)).fit(X_train)
X_train, X_test = sx.transform(X_train), sx.transform(X_test)
sy = StandardScaler().fit(y_train[:, None])
t_train = sy.transform(y_train[:, None])
t_test = sy.transform(y_test[:, None])

model = keras.Sequential()
model.add(keras.Input(shape=(X.shape[1],)))
model.add(keras.layers.Dense(24, kernel_initializer="he_uniform", activation="relu"))
model.add(keras.layers.Dense(1, activation="sigmoid"))
model.compile(optimizer="adam", loss="mean_squared_error")
model.fit(X_train, t_train, epochs=80, batch_size=16, validation_data=(X_test, t_test), verbose=2)
pred = sy.inverse_transform(model.predict(X_test, verbose=0))
print("lowest prediction", pred.min(), "lowest value", y_test.min())
print("R2", r2_score(y_test, pred[:, 0]))
