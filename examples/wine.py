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
loss = "sparse_categorical_crossentropy"
model.compile(optimizer="sgd", loss=loss, metrics=["accuracy"])
history = model.fit(
    x_train, y_train, validation_data=(x_test, y_test), epochs=30, verbose=0
)
seen = history.history
for i in (0, 9, 29):
    print(f"epoch {i + 1:2}: loss {seen['loss'][i]:.3f}, accuracy {seen['val_accuracy'][i]:.3f}")
