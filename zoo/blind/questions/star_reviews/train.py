import keras
import numpy as np
import tensorflow as tf

keras.utils.set_random_seed(12)
rng = np.random.default_rng(12)
good = ["great", "lovely", "superb", "excellent", "happy", "perfect"]
bad = ["awful", "broken", "poor", "terrible", "refund", "ugly"]
filler = ["the", "product", "arrived", "box", "it", "was", "for", "my", "and", "with", "colour", "price"]
texts, stars = [], []
for _ in range(2500):
    s = rng.integers(1, 6)
    n_good = 3 * (s - 1) + rng.integers(-1, 2)
    n_good = int(np.clip(n_good, 0, 12))
    words = list(rng.choice(good, n_good)) + list(rng.choice(bad, 12 - n_good)) + list(rng.choice(filler, 6))
    rng.shuffle(words)
    texts.append(" ".join(words))
    stars.append(s)
stars = np.array(stars)
print("stars", np.bincount(stars))

vectorize = keras.layers.TextVectorization(output_mode="count")
vectorize.adapt(texts)
X = vectorize(tf.constant(texts)).numpy()
Y = tf.one_hot(stars, depth=5).numpy()

model = keras.Sequential([keras.layers.Input((X.shape[1],)), keras.layers.Dense(32, activation="relu"),
                          keras.layers.Dropout(0.2), keras.layers.Dense(5, activation="softmax")])
model.compile(optimizer="adam", loss="categorical_crossentropy", metrics=["accuracy"])
model.fit(X[:2000], Y[:2000], validation_data=(X[2000:], Y[2000:]), epochs=10, verbose=2)
guess = model.predict(X[2000:], verbose=0).argmax(1)
for s in range(1, 6):
    m = stars[2000:] == s
    print(s, "stars: mean absolute miss", np.abs(guess[m] - s).mean().round(2), "right", (guess[m] == s).mean().round(2))
