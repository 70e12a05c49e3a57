import keras
from keras import layers
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split


def get_data():
    d = load_digits()
    imgs = d.images[..., None].astype("float32") / 16.0
    return train_test_split(imgs, d.target, test_size=0.25, random_state=4, stratify=d.target)


def get_model():
    i = keras.Input((8, 8, 1))
    x = layers.RandomTranslation(0.1, 0.1, fill_mode="constant")(i)
    x = layers.Conv2D(24, 3, padding="same", activation="relu")(x)
    x = layers.BatchNormalization(momentum=0.9)(x)
    x = layers.Conv2D(32, 3, activation="relu")(x)
    x = layers.MaxPooling2D()(x)
    x = layers.Flatten()(x)
    x = layers.Dropout(0.4)(x)
    return keras.Model(i, layers.Dense(10)(x))


if __name__ == "__main__":
    keras.utils.set_random_seed(4)
    a, b, ya, yb = get_data()
    model = get_model()
    model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True), metrics=["accuracy"])
    model.fit(a, ya, epochs=20, batch_size=32, validation_data=(b, yb), verbose=2,
              callbacks=[keras.callbacks.ReduceLROnPlateau(patience=3)])
    print("held-out accuracy", model.evaluate(b, yb, verbose=0)[1])
