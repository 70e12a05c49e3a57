import numpy as np
import keras
from keras import layers
from sklearn.metrics import precision_score, recall_score

keras.utils.set_random_seed(301)
g = np.random.default_rng(301)
n = 5000
cap = g.choice(6, n)
odor = g.choice(5, n, p=[.4, .2, .2, .1, .1])
ring = g.choice(3, n)
width = g.normal(6 + cap * 0.3, 1.5, n)
s = np.array([-2.0, 0.5, 1.5, 3.0, -1.0])[odor] + 0.8 * (ring == 2) * (cap > 3) - 0.3 * (width - 6.5)
y = (s + g.logistic(0, 0.4, n) > 0).astype(np.float32)
x = np.hstack([np.eye(6)[cap], np.eye(5)[odor], np.eye(3)[ring], ((width - 6.7) / 1.6)[:, None]]).astype(np.float32)
model = keras.Sequential([layers.Input((15,)), layers.Dense(32, activation="relu"), layers.Dense(1)])
model.compile(optimizer=keras.optimizers.Adam(3e-3), loss=keras.losses.BinaryCrossentropy(from_logits=True),
              metrics=[keras.metrics.BinaryAccuracy(threshold=0.0), keras.metrics.AUC(from_logits=True, name="auc")])
model.fit(x[:4000], y[:4000], validation_data=(x[4000:], y[4000:]), epochs=12, batch_size=64, verbose=2)
z = model.predict(x[4000:], verbose=0).ravel()
print("precision", precision_score(y[4000:], z > 0), "recall", recall_score(y[4000:], z > 0))
