import numpy as np
import tensorflow as tf
from sklearn.metrics import classification_report

rng = np.random.default_rng(11)
n = 8000
fraud = (rng.random(n) < 0.012).astype("float32")
amount = rng.normal(size=(n, 6))
amount[:, :3] += 1.2 * fraud[:, None]
print("share of fraud", fraud.mean())

model = tf.keras.Sequential([
    tf.keras.layers.Input((6,)),
    tf.keras.layers.Dense(16, activation="relu"),
    tf.keras.layers.Dense(1, activation="sigmoid"),
])
model.compile(optimizer="adam", loss="binary_crossentropy",
              metrics=["accuracy", tf.keras.metrics.Precision(name="precision"), tf.keras.metrics.Recall(name="recall")])
model.fit(amount[:6000], fraud[:6000], epochs=10, batch_size=64, validation_data=(amount[6000:], fraud[6000:]), verbose=2)
print(classification_report(fraud[6000:], model.predict(amount[6000:], verbose=0) > 0.5, zero_division=0))
