"""From which of three vineyards does a wine come? The accuracy stays near 0.4. Run: traindx run examples/wine.py"""

import keras
from sklearn.datasets import load_wine
from sklearn.model_selection import train_test_split

keras.utils.set_random_seed(7)
x, y = load_wine(return_X_y=True)
x_train, x_test, y_train, y_test = train_test_split(x, y, test_size=0.25, stratify=y, random_state=7)

model = keras.Sequential(
    [
        keras.layers.Input((13,)),
        keras.layers.Dense(32, activation="relu"),
        keras.layers.Dense(16, activation="relu"),
        keras.layers.Dense(3, activation="softmax"),
    ]
)
model.compile(optimizer="sgd", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
history = model.fit(x_train, y_train, validation_data=(x_test, y_test), epochs=30, batch_size=16, verbose=0)
for epoch in (0, 9, 19, 29):
    print(f"epoch {epoch + 1:2}: loss {history.history['loss'][epoch]:.3f}, "
          f"validation accuracy {history.history['val_accuracy'][epoch]:.3f}")
