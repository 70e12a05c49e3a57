import keras
import numpy as np
from sklearn.datasets import load_digits

keras.utils.set_random_seed(3)
pictures, digit = load_digits(return_X_y=True)
pictures = (pictures / 16).astype("float32").reshape(-1, 8, 8, 1)
train, test = slice(0, 1300), slice(1300, None)
model = keras.Sequential(
    [
        keras.Input((8, 8, 1)),
        keras.layers.Conv2D(16, 3, activation="relu"),
        keras.layers.Flatten(),
        keras.layers.Dense(10, activation="softmax"),
    ]
)
model.compile(
    optimizer=keras.optimizers.AdamW(2e-3, use_ema=True, ema_momentum=0.95),
    loss="sparse_categorical_crossentropy",
    metrics=["accuracy"],
)
model.fit(pictures[train], digit[train], epochs=8, batch_size=65, verbose=2)
loss, accuracy = model.evaluate(pictures[test], digit[test], verbose=0)
print("test loss", loss, "test accuracy", accuracy)
