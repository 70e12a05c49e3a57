import numpy as np
import keras
from sklearn.datasets import load_diabetes
from sklearn.linear_model import Ridge
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler

keras.utils.set_random_seed(5)
x, y = load_diabetes(return_X_y=True)
x_train, x_test, y_train, y_test = train_test_split(x, y, test_size=0.25, random_state=8)
xs = StandardScaler().fit(x_train)
m, s = y_train.mean(), y_train.std()

model = keras.Sequential([
    keras.Input((10,)),
    keras.layers.Dense(16, activation="relu", kernel_regularizer=keras.regularizers.L2(0.01)),
    keras.layers.Dense(1),
])
model.compile(keras.optimizers.Adam(0.008), "mse", metrics=["mae"])
model.fit(xs.transform(x_train), (y_train - m) / s, validation_split=0.15, epochs=120, batch_size=32, verbose=2,
          callbacks=[keras.callbacks.EarlyStopping(patience=15, restore_best_weights=True)])
p = model.predict(xs.transform(x_test), verbose=0)[:, 0] * s + m
ridge = Ridge(1.0).fit(xs.transform(x_train), y_train).predict(xs.transform(x_test))
for name, q in [("net", p), ("ridge", ridge)]:
    print(name, "R2 %.3f MAE %.1f" % (1 - np.mean((q - y_test) ** 2) / y_test.var(), np.abs(q - y_test).mean()))
