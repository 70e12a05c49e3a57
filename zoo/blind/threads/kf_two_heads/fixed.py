import numpy as np
import keras
from keras import layers

keras.utils.set_random_seed(11)
rng = np.random.default_rng(11)

# customers: months as client, monthly fee, number of calls, plan type, discount
N = 4000
months = rng.gamma(2.0, 14.0, N)
fee = rng.normal(62, 18, N).clip(15, 130)
calls = rng.poisson(1.8, N)
plan = rng.integers(0, 3, N)
discount = rng.random(N) < 0.3
score = 0.9 + 0.024 * (fee - 62) - 0.045 * (months - 28) + 0.75 * (calls - 1.8) - 1.1 * discount + 0.8 * (plan == 0)
churn = (rng.random(N) < 1 / (1 + np.exp(-1.3 * score))).astype("float32")
spend = 0.6 * fee + 0.25 * months + 9 * (plan == 2) - 6 * discount + rng.normal(0, 4, N)

X = np.column_stack([months, fee, calls, discount, np.eye(3)[plan]]).astype("float32")
ntr = 3000
mu, sd = X[:ntr].mean(0), X[:ntr].std(0)
X = (X - mu) / sd
spend = ((spend - spend[:ntr].mean()) / spend[:ntr].std()).astype("float32")

inp = keras.Input((X.shape[1],))
h = layers.Dense(64, activation="relu")(inp)
h = layers.Dense(32, activation="relu")(h)
out_churn = layers.Dense(1, activation="sigmoid", name="churn")(h)
out_spend = layers.Dense(1, name="spend")(h)

model = keras.Model(inp, {"churn": out_churn, "spend": out_spend})
model.compile(
    optimizer=keras.optimizers.Adam(1e-3),
    loss={"churn": "binary_crossentropy", "spend": "mse"},
    metrics={"churn": ["accuracy"], "spend": ["mae"]},
)
model.fit(X[:ntr], {"churn": churn[:ntr], "spend": spend[:ntr]},
          validation_data=(X[ntr:], {"churn": churn[ntr:], "spend": spend[ntr:]}),
          epochs=12, batch_size=32, verbose=2)
p = model.predict(X[ntr:], verbose=0)
print("churn rate", churn.mean())
print("first churn predictions", p["churn"][:8].ravel())
print("acc", ((p["churn"].ravel() > 0.5) == churn[ntr:]).mean(), "spend r2",
      1 - np.mean((p["spend"].ravel() - spend[ntr:]) ** 2) / spend[ntr:].var())
