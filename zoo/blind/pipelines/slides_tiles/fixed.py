import numpy as np
import keras
from keras import layers
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import train_test_split

keras.utils.set_random_seed(61)
rng = np.random.default_rng(61)

S, PER_SLIDE, SLIDES = 16, 16, 120


def tiles(grade):
    stain = rng.normal([0.62, 0.42, 0.66], 0.06)        # every lab and day stains differently
    texture = rng.normal(0.06, 0.015)
    nuclei = rng.poisson(3 + 6 * grade, PER_SLIDE) + rng.integers(0, 3)
    out = np.empty((PER_SLIDE, S, S, 3))
    yy, xx = np.mgrid[:S, :S]
    for k in range(PER_SLIDE):
        im = stain + rng.normal(0, texture, (S, S, 3))
        for _ in range(nuclei[k]):
            m = np.hypot(yy - rng.uniform(0, S), xx - rng.uniform(0, S)) < rng.uniform(0.8, 1.6)
            im[m] -= [0.25, 0.2, 0.08]
        out[k] = im
    return out


grade = rng.permutation(np.arange(SLIDES) % 2)
images = np.concatenate([tiles(g) for g in grade]).astype("float32")
label = np.repeat(grade, PER_SLIDE).astype("float32")
slide = np.repeat(np.arange(SLIDES), PER_SLIDE)

index = np.arange(len(images))
fit_slides, val_slides = train_test_split(np.arange(SLIDES), test_size=0.3, stratify=grade, random_state=3)
fit_idx, val_idx = index[np.isin(slide, fit_slides)], index[np.isin(slide, val_slides)]

mean, std = images[fit_idx].mean((0, 1, 2)), images[fit_idx].std((0, 1, 2))
images = (images - mean) / std

inputs = keras.Input((S, S, 3))
x = layers.Conv2D(24, 3, activation="relu")(inputs)
x = layers.MaxPooling2D()(x)
x = layers.Conv2D(32, 3, activation="relu")(x)
g = layers.Concatenate()([layers.GlobalAveragePooling2D()(x), layers.GlobalAveragePooling2D()(inputs)])
x = layers.Dense(96, activation="relu")(g)
x = layers.Dense(48, activation="relu")(x)
model = keras.Model(inputs, layers.Dense(1, activation="sigmoid")(x))
model.compile(keras.optimizers.Adam(3e-3), "binary_crossentropy", metrics=["accuracy"])
es = keras.callbacks.EarlyStopping(patience=5, restore_best_weights=True)
model.fit(images[fit_idx], label[fit_idx], validation_data=(images[val_idx], label[val_idx]),
          epochs=25, batch_size=32, callbacks=[es], verbose=2)
print("tile AUC on held-out tiles", roc_auc_score(label[val_idx], model.predict(images[val_idx], verbose=0)))
