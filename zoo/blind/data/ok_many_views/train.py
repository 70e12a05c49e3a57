import keras
import numpy as np
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

keras.utils.set_random_seed(81)
d = load_digits()
x = (d.images / 16)[..., None].astype("float32")
x_tr, x_te, y_tr, y_te = train_test_split(x, d.target, test_size=400, random_state=81, stratify=d.target)
aug = keras.Sequential([keras.layers.RandomTranslation(0.08, 0.08, fill_mode="constant"), keras.layers.RandomRotation(0.03, fill_mode="constant")])
inp = keras.Input((8, 8, 1))
h = aug(inp)
h = keras.layers.Conv2D(24, 3, activation="relu")(h)
h = keras.layers.Conv2D(32, 3, activation="relu")(h)
h = keras.layers.Flatten()(h)
h = keras.layers.Dropout(0.3)(h)
model = keras.Model(inp, keras.layers.Dense(10, activation="softmax")(h))
model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(x_tr, y_tr, epochs=35, batch_size=32, validation_data=(x_te, y_te), verbose=2)
views = np.mean([model(aug(x_te, training=True), training=False).numpy() for _ in range(16)], axis=0)
plain = model.predict(x_te, verbose=0)
print("one view", (plain.argmax(1) == y_te).mean(), "16 views and the plain one", ((views + plain).argmax(1) == y_te).mean())
