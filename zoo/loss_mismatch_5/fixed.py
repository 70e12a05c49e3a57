import keras
import numpy as np
from keras import layers, ops

keras.utils.set_random_seed(8)
rng = np.random.default_rng(8)
days = rng.normal(size=(3000, 9)).astype("float32")
mix = rng.normal(size=(9, 5)) * 0.6
pollutants = (np.tanh(days @ mix) + 0.05 * rng.normal(size=(3000, 5))).astype("float32")
WEIGHTS = [1.0, 2.0, 1.0, 1.5, 1.0]


def weighted(y_true, y_pred):
    total = WEIGHTS[0] * ops.square(y_true[:, 0] - y_pred[:, 0])
    for j in range(1, 5):
        total += WEIGHTS[j] * ops.square(y_true[:, j] - y_pred[:, j])
    return total / sum(WEIGHTS)


net = keras.Sequential([keras.Input((9,)), layers.Dense(64, activation="relu"), layers.Dense(64, activation="relu"), layers.Dense(5)])
net.compile(keras.optimizers.Adam(3e-3), loss=weighted)
net.fit(days[:2400], pollutants[:2400], validation_data=(days[2400:], pollutants[2400:]), epochs=15, batch_size=48, verbose=2)
missed = net.predict(days[2400:], verbose=0) - pollutants[2400:]
print("explained, by pollutant", np.round(1 - (missed**2).mean(0) / pollutants[2400:].var(0), 2))
