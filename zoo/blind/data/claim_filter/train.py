import keras
import numpy as np
from sklearn.datasets import make_classification
from sklearn.model_selection import train_test_split

keras.utils.set_random_seed(40)
x, y = make_classification(2400, 12, n_informative=6, class_sep=1.6, random_state=40)
x = (x / x.std(0)).astype("float32")
xa, xb, ya, yb = train_test_split(x, y, test_size=0.25, random_state=40)

model = keras.Sequential([
    keras.Input((12,)),
    keras.layers.Dense(32, activation="relu"),
    keras.layers.Dense(16, activation="relu"),
    keras.layers.Dense(1),
])
model.compile(optimizer="adam", loss=keras.losses.BinaryCrossentropy(from_logits=True))
for epoch in range(15):
    h = model.fit(xa, ya[:, None], batch_size=32, verbose=0)
    raw = model.predict(xb, verbose=0)[:, 0]
    correct = np.round(raw) == yb
    print(f"epoch {epoch} loss {h.history['loss'][0]:.3f} val loss {model.evaluate(xb, yb[:, None], verbose=0):.3f} accuracy {correct.mean():.3f}")
