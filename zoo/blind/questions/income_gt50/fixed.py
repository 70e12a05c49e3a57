import io
import numpy as np
import pandas as pd
import keras
from sklearn.compose import make_column_transformer
from sklearn.preprocessing import OneHotEncoder, StandardScaler

keras.utils.set_random_seed(31)
rng = np.random.default_rng(31)
rows = []
for _ in range(2400):
    age, hours = rng.integers(18, 70), rng.integers(10, 70)
    edu = rng.choice(["HS-grad", "Bachelors", "Masters", "11th"])
    z = 0.05 * (age - 42) + 0.06 * (hours - 40) + {"HS-grad": -0.5, "Bachelors": 1, "Masters": 1.8, "11th": -1.5}[edu] - 0.6
    income = ">50K" if rng.random() < 1 / (1 + np.exp(-2 * z)) else "<=50K"
    rows.append(f"{age}, {hours}, {edu}, {income}")
csv = "age,hours,education,income\n" + "\n".join(rows)

df = pd.read_csv(io.StringIO(csv))
y = (df["income"].str.strip() == ">50K").astype(int).values
ct = make_column_transformer((StandardScaler(), ["age", "hours"]), (OneHotEncoder(sparse_output=False), ["education"]))
X = ct.fit_transform(df.drop(columns="income"))
print(X.shape, y.shape)

model = keras.Sequential([
    keras.layers.Input((X.shape[1],)),
    keras.layers.Dense(24, activation="relu"),
    keras.layers.Dense(1, activation="sigmoid"),
])
model.compile("adam", "binary_crossentropy", metrics=["accuracy", keras.metrics.AUC(name="auc")])
model.fit(X, y, epochs=12, batch_size=32, validation_split=0.25, verbose=2,
          callbacks=[keras.callbacks.EarlyStopping(patience=4, restore_best_weights=True)])
hit = model.predict(X[-600:], verbose=0)[:, 0] > 0.5
print("predicted >50K:", hit.sum(), "of", len(hit), " really:", df["income"][-600:].str.contains(">").sum())
