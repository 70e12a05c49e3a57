import keras
import numpy as np
from keras import layers

rng = np.random.default_rng(77)
left = rng.normal(size=(3000, 6)).astype("float32")
right = rng.normal(size=(3000, 6)).astype("float32")
w = rng.normal(size=6)
winner = ((np.tanh(left) @ w) > (np.tanh(right) @ w)).astype("int32")

scorer = keras.Sequential([keras.Input((6,)), layers.Dense(24, activation="tanh"), layers.Dense(1)], name="scorer")
a, b = keras.Input((6,), name="left"), keras.Input((6,), name="right")
diff = layers.Subtract()([scorer(a), scorer(b)])
ranker = keras.Model([a, b], layers.Activation("sigmoid")(diff))
ranker.compile(optimizer=keras.optimizers.Adam(0.003), loss="binary_crossentropy", metrics=["accuracy"])
ranker.fit([left[:2500], right[:2500]], winner[:2500], epochs=12, batch_size=32, verbose=1,
           validation_data=([left[2500:], right[2500:]], winner[2500:]))
print("spearman-like check:", np.corrcoef(scorer.predict(left[2500:], verbose=0)[:, 0], np.tanh(left[2500:]) @ w)[0, 1])
