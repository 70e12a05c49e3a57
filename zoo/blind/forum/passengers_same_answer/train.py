import keras
import numpy as np
import pandas as pd
from sklearn.model_selection import train_test_split


def load_passengers(n=1800, seed=3):
    r = np.random.default_rng(seed)
    df = pd.DataFrame({
        "pclass": r.choice([1, 2, 3], n, p=[0.24, 0.21, 0.55]),
        "sex": r.choice(["male", "female"], n, p=[0.65, 0.35]),
        "age": np.clip(r.normal(30, 14, n), 0.5, 80).round(1),
        "sibsp": r.poisson(0.5, n),
    })
    df["fare"] = np.exp(r.normal(4.6 - 0.75 * df.pclass, 0.5))
    score = 2.4 * (df.sex == "female") - 0.8 * (df.pclass - 2) - 0.03 * (df.age - 30) - 0.4 * df.sibsp - 0.9
    df["survived"] = (r.random(n) < 1 / (1 + np.exp(-1.5 * score))).astype(int)
    df.loc[r.random(n) < 0.19, "age"] = np.nan
    return df


keras.utils.set_random_seed(3)
df = load_passengers()
df["sex"] = df["sex"].map({"male": 0, "female": 1})
target = df.pop("survived")
train_df, test_df, y_tr, y_te = train_test_split(df, target, test_size=0.2, random_state=0)
mean, std = train_df.mean(), train_df.std()
train_df = (train_df - mean) / std
test_df = (test_df - mean) / std

model = keras.Sequential([
    keras.layers.Input((5,)),
    keras.layers.Dense(24, activation="relu"),
    keras.layers.Dense(12, activation="relu"),
    keras.layers.Dense(1, activation="sigmoid"),
])
model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
model.fit(train_df.values, y_tr.values, epochs=25, batch_size=32, verbose=2,
          validation_data=(test_df.values, y_te.values))
print(model.predict(test_df.values[:5], verbose=0).ravel())
