import numpy as np
import tensorflow as tf

rng = np.random.default_rng(6)
features = rng.normal(size=(5000, 10)).astype("float32")
truth = (features[:, 0] * features[:, 1] + features[:, 2] > 0).astype(int)
observed = np.where(rng.random(5000) < 0.08, 1 - truth, truth)
a, b = 4000, 5000

model = tf.keras.models.Sequential([
    tf.keras.layers.Input((10,)),
    tf.keras.layers.Dense(32, activation="relu"),
    tf.keras.layers.Dense(32, activation="relu"),
    tf.keras.layers.Dense(2, activation="softmax"),
])
model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(features[:a], observed[:a], epochs=10, batch_size=32, validation_data=(features[a:b], observed[a:b]), verbose=1)
guess = model.predict(features[a:], verbose=0).argmax(1)
print("against observed labels", (guess == observed[a:]).mean(), "against true labels", (guess == truth[a:]).mean())
