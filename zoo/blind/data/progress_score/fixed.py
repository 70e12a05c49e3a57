import keras
import numpy as np
from sklearn.datasets import load_diabetes
from sklearn.metrics import r2_score
from sklearn.model_selection import train_test_split

keras.utils.set_random_seed(42)
x, y = load_diabetes(return_X_y=True)
x = (x / x.std(0)).astype("float32")
y = ((y - y.mean()) / y.std()).astype("float32")
xa, xb, ya, yb = train_test_split(x, y, test_size=0.3, random_state=2)
model = keras.Sequential([
    keras.Input((10,)),
    keras.layers.Dense(16, activation="relu", kernel_regularizer=keras.regularizers.L2(0.05)),
    keras.layers.Dense(1, kernel_regularizer=keras.regularizers.L2(0.05)),
])
model.compile(optimizer=keras.optimizers.Adam(5e-3), loss="mse", metrics=["mse"])
model.fit(xa, ya, epochs=40, batch_size=32, validation_data=(xb, yb), verbose=0)
guess = model.predict(xb, verbose=0)[:, 0]
print("val mse", model.evaluate(xb, yb, verbose=0)[1])
print("R2 train", r2_score(ya, model.predict(xa, verbose=0)[:, 0]), "R2 test", r2_score(yb, guess))
