import keras
from sklearn.datasets import load_digits
from sklearn.decomposition import PCA
from sklearn.model_selection import train_test_split
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import StandardScaler

keras.utils.set_random_seed(96)
x, y = load_digits(return_X_y=True)
x_train, x_test, y_train, y_test = train_test_split(x / 16, y, test_size=0.3, random_state=5)
prepare = Pipeline([("pca", PCA(20, svd_solver="full")), ("scale", StandardScaler())])
a = prepare.fit_transform(x_train)
b = prepare.transform(x_test)
model = keras.Sequential([keras.Input((20,)), keras.layers.Dense(40, activation="relu"), keras.layers.Dropout(0.2), keras.layers.Dense(10, activation="softmax")])
model.compile(optimizer=keras.optimizers.Adam(3e-3), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(a, y_train, validation_split=0.1, epochs=20, batch_size=32, verbose=2)
print("train", model.evaluate(a, y_train, verbose=0), "test", model.evaluate(b, y_test, verbose=0))
