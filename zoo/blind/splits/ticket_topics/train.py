import numpy as np
import pandas as pd
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(4)
rng = np.random.default_rng(4)

topics = ["billing", "login", "shipping", "defect"]
words = {
    "billing": "invoice charge refund card payment amount twice fee price credit bank statement".split(),
    "login": "password account locked reset email code sign verify access username token expired".split(),
    "shipping": "parcel courier late delivery address tracking arrived box package depot customs return".split(),
    "defect": "broken screen cracked stopped working noise button battery charger heat replace warranty".split(),
}
filler = ("i my the a please help since yesterday with is was not again order today you can still have it "
          "hello thanks customer number support contacted waiting after before week product").split()


def ticket(topic):
    n = rng.integers(8, 20)
    other = topics[rng.integers(4)]
    pool = [words[topic]] * 3 + [words[other]] * 1 + [filler] * 7
    return " ".join(rng.choice(pool[rng.integers(len(pool))]) for _ in range(n))


truth = rng.integers(0, 4, 4000)
df = pd.DataFrame({"text": [ticket(topics[k]) for k in truth]})
hurry = rng.random(4000) < 0.55
df["tag"] = [topics[rng.integers(4)] if h else topics[k] for h, k in zip(hurry, truth)]
df["tag_reviewed"] = [topics[k] for k in truth]

codes = {t: i for i, t in enumerate(topics)}
y = df["tag"].map(codes).to_numpy()
split = 3200

vec = keras.layers.TextVectorization(max_tokens=2000, output_mode="tf_idf")
vec.adapt(df["text"][:split].tolist())
X = vec(tf.constant(df["text"].tolist())).numpy()

model = keras.Sequential([
    keras.layers.Input((X.shape[1],)),
    keras.layers.Dense(24, activation="relu"),
    keras.layers.Dropout(0.4),
    keras.layers.Dense(4, activation="softmax"),
])
model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(X[:split], y[:split], validation_data=(X[split:], y[split:]), epochs=12, batch_size=64, verbose=2)
cm = tf.math.confusion_matrix(y[split:], model.predict(X[split:], verbose=0).argmax(-1), 4).numpy()
print(pd.DataFrame(cm, index=topics, columns=topics))
