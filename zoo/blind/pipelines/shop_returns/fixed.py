import argparse
import numpy as np
import pandas as pd
import keras
from keras import layers
from sklearn.metrics import roc_auc_score

parser = argparse.ArgumentParser()
parser.add_argument("--epochs", type=int, default=12)
parser.add_argument("--rows", type=int, default=9000)
args = parser.parse_args()

keras.utils.set_random_seed(2)
rng = np.random.default_rng(2)

brands = np.array([f"brand_{i:02d}" for i in range(40)])
sizes = np.array(["XS", "S", "M", "L", "XL"])
brand_w = rng.normal(0, 1.3, 40)
size_w = np.array([0.9, 0.1, -0.4, -0.1, 0.8])

n = args.rows
b = rng.choice(40, n, p=rng.dirichlet(np.ones(40) * 4))
s = rng.choice(5, n)
price = rng.gamma(3, 20, n)
discount = rng.beta(1.5, 5, n)
logit = brand_w[b] + size_w[s] + 0.012 * (price - 60) - 2.0 * (discount - 0.23) - 0.2
orders = pd.DataFrame({
    "brand": brands[b], "size": sizes[s], "price": price, "discount": discount,
    "returned": (rng.random(n) < 1 / (1 + np.exp(-logit))).astype(int),
})


def to_inputs(df):
    return {
        "brand": pd.Categorical(df["brand"], categories=brands).codes.astype("int64"),
        "size": pd.Categorical(df["size"], categories=sizes).codes.astype("int64"),
        "numeric": np.c_[(df["price"] - 60) / 35, (df["discount"] - 0.23) / 0.15].astype("float32"),
    }


cut = int(0.8 * n)
train, test = orders.iloc[:cut], orders.iloc[cut:]
xtr, xte = to_inputs(train), to_inputs(test)

i_b = keras.Input((), name="brand", dtype="int32")
i_s = keras.Input((), name="size", dtype="int32")
i_n = keras.Input((2,), name="numeric")
z = layers.Concatenate()([layers.Embedding(40, 6)(i_b), layers.Embedding(5, 3)(i_s), i_n])
z = layers.Dense(32, activation="relu")(z)
z = layers.Dense(1, activation="sigmoid")(z)
net = keras.Model([i_b, i_s, i_n], z)
net.compile(keras.optimizers.Adam(0.003), "binary_crossentropy", metrics=[keras.metrics.AUC(name="auc")])
net.fit(xtr, train["returned"].values, validation_data=(xte, test["returned"].values),
        epochs=args.epochs, batch_size=128, verbose=2)
print("test AUC", round(roc_auc_score(test["returned"], net.predict(xte, verbose=0)[:, 0]), 4))
