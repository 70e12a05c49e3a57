import numpy as np
import pandas as pd
import keras
from keras import layers
from sklearn.metrics import r2_score
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler

keras.utils.set_random_seed(50)
rng = np.random.default_rng(50)

n = 4000
size = rng.normal(0, 1.0, n)
df = pd.DataFrame({
    "page_views": np.exp(9 + 1.2 * size + rng.normal(0, 2.0, n)),
    "followers": np.exp(6 + 0.9 * size + rng.normal(0, 2.2, n)),
    "ad_spend": np.exp(7 + 0.8 * size + rng.normal(0, 2.0, n)),
    "employees": np.exp(2.5 + 0.8 * size + rng.normal(0, 1.5, n)).round() + 1,
    "funding": np.exp(12 + 1.3 * size + rng.normal(0, 2.2, n)),
})
growth = (0.35 * np.log(df.page_views) - 0.25 * np.log(df.employees) + 0.2 * np.log(df.ad_spend)
          + 0.15 * np.log(df.followers) - 0.1 * np.log(df.funding) + rng.normal(0, 0.45, n))
target = (growth - growth.mean()) / growth.std()

X = df.values
X_tr, X_te, y_tr, y_te = train_test_split(X, target.values, test_size=0.2, random_state=0)
scaler = StandardScaler().fit(X_tr)
X_tr, X_te = scaler.transform(X_tr), scaler.transform(X_te)

model = keras.Sequential([
    layers.Input((5,)),
    layers.Dense(32, activation="relu"),
    layers.Dense(16, activation="relu"),
    layers.Dense(1),
])
model.compile(optimizer="adam", loss="mse", metrics=["mae"])
model.fit(X_tr, y_tr, validation_data=(X_te, y_te), epochs=20, batch_size=32, verbose=2)
print("R2", r2_score(y_te, model.predict(X_te, verbose=0)))
