import numpy as np
import pandas as pd
import keras
from keras import layers


def weather(days=4000, seed=3):
    rng = np.random.default_rng(seed)
    hum = np.zeros(days)
    pres = np.zeros(days)
    for d in range(1, days):
        hum[d] = 0.7 * hum[d - 1] + rng.normal(0, 0.7)
        pres[d] = 0.8 * pres[d - 1] + rng.normal(0, 0.6)
    sun = -0.6 * hum + 0.4 * pres + rng.normal(0, 0.6, days)
    wind = rng.gamma(2, 1, days) - 0.3 * pres
    wet = 1.6 * hum - 1.5 * pres - 0.4 * sun + 0.3 * wind + rng.logistic(0, 0.7, days) - 0.2
    df = pd.DataFrame({"hum": hum, "pres": pres, "sun": sun, "wind": wind})
    df["rain_next"] = np.sign(wet)
    return df


keras.utils.set_random_seed(3)
df = weather()
y = df.pop("rain_next").to_numpy()
x = ((df - df.mean()) / df.std()).to_numpy("float32")
split = 3200
y = y.astype("float32")

model = keras.Sequential([
    layers.Input((4,)),
    layers.Dense(32, activation="relu"),
    layers.Dense(16, activation="relu"),
    layers.Dense(1, activation="sigmoid"),
])
model.compile(optimizer="rmsprop", loss="binary_crossentropy", metrics=["accuracy"])
history = model.fit(x[:split], y[:split], epochs=15, batch_size=32, validation_data=(x[split:], y[split:]), verbose=0)
for e, (a, b, c) in enumerate(zip(history.history["loss"], history.history["val_loss"], history.history["val_accuracy"])):
    print(f"epoch {e + 1}: loss {a:.4f} val_loss {b:.4f} val_acc {c:.4f}")
